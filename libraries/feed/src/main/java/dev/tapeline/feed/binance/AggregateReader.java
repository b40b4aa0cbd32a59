package dev.tapeline.feed.binance;

import dev.tapeline.feed.vendor.TradeRange;
import dev.tapeline.market.tick.Decimals;
import dev.tapeline.market.tick.Side;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads answers of {@code /aggTrades}. */
final class AggregateReader {

  private static final JsonMapper JSON = new JsonMapper();

  private AggregateReader() {}

  /**
   * The aggregates of an answer, the oldest first.
   *
   * @throws IllegalArgumentException if it is not one
   */
  static List<Aggregate> read(byte[] body) {
    JsonNode answer;
    try {
      answer = JSON.readTree(body);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
    if (!answer.isArray()) {
      throw new IllegalArgumentException("not a list of trades");
    }
    List<Aggregate> aggregates = new ArrayList<>(answer.size());
    for (JsonNode trade : answer) {
      aggregates.add(aggregate(trade));
    }
    return aggregates;
  }

  private static Aggregate aggregate(JsonNode trade) {
    return new Aggregate(
        whole(trade, "a"),
        new TradeRange(
            whole(trade, "f"),
            whole(trade, "l"),
            Decimals.parse(trade.path("p").asString("")),
            Decimals.parse(trade.path("q").asString("")),
            BinanceTicks.millis(whole(trade, "T")),
            aggressor(trade.path("m"))));
  }

  private static @Nullable Side aggressor(JsonNode buyerIsMaker) {
    if (!buyerIsMaker.isBoolean()) {
      return null;
    }
    return buyerIsMaker.booleanValue() ? Side.SELL : Side.BUY;
  }

  private static long whole(JsonNode trade, String name) {
    JsonNode value = trade.path(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new IllegalArgumentException("a trade without " + name);
    }
    return value.longValue();
  }
}
