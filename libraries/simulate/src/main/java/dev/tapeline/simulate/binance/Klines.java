package dev.tapeline.simulate.binance;

import dev.tapeline.simulate.market.MinuteBar;
import dev.tapeline.simulate.market.QuoteState;
import dev.tapeline.simulate.net.HttpCall;
import dev.tapeline.simulate.net.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * The answers of {@code klines}: the minutes of the market that are kept, and the days that these
 * make. With {@code startTime} the first ones from there on; without it the newest.
 */
final class Klines {

  private static final int USUAL = 500;
  private static final int MOST = 1_000;
  private static final Map<String, Long> INTERVALS =
      Map.of("1m", MinuteBar.MILLIS, "1d", 86_400_000L);

  private Klines() {}

  /** Whether there are bars of this interval. */
  static boolean isInterval(@Nullable String interval) {
    return interval != null && INTERVALS.containsKey(interval);
  }

  static JsonNode answer(HttpCall call, QuoteState quote) {
    long millis = INTERVALS.getOrDefault(call.parameter("interval"), MinuteBar.MILLIS);
    long from = number(call, "startTime", Long.MIN_VALUE);
    long to = number(call, "endTime", Long.MAX_VALUE);
    int limit = Math.clamp(number(call, "limit", USUAL), 1, MOST);
    List<MinuteBar> bars =
        bars(quote, millis).stream()
            .filter(bar -> bar.start() >= from && bar.start() <= to)
            .toList();
    int first = from == Long.MIN_VALUE ? Math.max(0, bars.size() - limit) : 0;
    ArrayNode out = Json.array();
    bars.subList(first, Math.min(bars.size(), first + limit))
        .forEach(bar -> add(bar, millis, out.addArray()));
    return out;
  }

  private static long number(HttpCall call, String name, long usual) {
    String text = call.parameter(name);
    try {
      return text == null ? usual : Long.parseLong(text);
    } catch (NumberFormatException _) {
      return usual;
    }
  }

  private static List<MinuteBar> bars(QuoteState quote, long millis) {
    Map<Long, List<MinuteBar>> groups = new TreeMap<>();
    for (MinuteBar bar : quote.bars()) {
      long begin = bar.start() - Math.floorMod(bar.start(), millis);
      groups.computeIfAbsent(begin, _ -> new ArrayList<>()).add(bar);
    }
    List<MinuteBar> bars = new ArrayList<>();
    groups.forEach(
        (begin, group) -> bars.add(group.getFirst().joined(begin, group.subList(1, group.size()))));
    return bars;
  }

  private static void add(MinuteBar bar, long millis, ArrayNode row) {
    row.add(bar.start())
        .add(BinanceEvents.decimal(bar.open()))
        .add(BinanceEvents.decimal(bar.high()))
        .add(BinanceEvents.decimal(bar.low()))
        .add(BinanceEvents.decimal(bar.close()))
        .add(BinanceEvents.decimal(bar.volume()))
        .add(bar.start() + millis - 1)
        .add(BinanceEvents.decimal(bar.turnover()))
        .add(bar.trades())
        .add(half(bar.volume()))
        .add(half(bar.turnover()))
        .add("0");
  }

  private static String half(BigDecimal value) {
    return BinanceEvents.decimal(value.divide(BigDecimal.TWO, 8, RoundingMode.HALF_UP));
  }
}
