package dev.tapeline.feed.dhan.rest;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A bar of a chart, of a minute, of several or of a day.
 *
 * @param time when it begins, epoch ms UTC
 * @param volume 0 for an index
 * @param openInterest null where it was not asked for
 */
public record ChartBar(
    long time,
    BigDecimal open,
    BigDecimal high,
    BigDecimal low,
    BigDecimal close,
    BigDecimal volume,
    @Nullable BigDecimal openInterest) {

  /**
   * Reads an answer of {@code charts}: arrays side by side. Rows without a time or a price are left
   * out. The vendor also answers with bars that were not asked for, so these are left out too.
   *
   * @param from the first time that was asked for, epoch ms
   * @param to the end of what was asked for, epoch ms
   */
  public static List<ChartBar> read(JsonNode data, long from, long to) {
    List<ChartBar> bars = new ArrayList<>();
    JsonNode times = data.path("timestamp");
    for (int i = 0; i < times.size(); i++) {
      long time = time(times.get(i));
      ChartBar bar = time < from || time >= to ? null : at(data, i, time);
      if (bar != null) {
        bars.add(bar);
      }
    }
    return bars;
  }

  /** Times come as numbers such as {@code 1.7375706E9}. */
  private static long time(JsonNode seconds) {
    return seconds.isNumber() ? (long) (seconds.doubleValue() * 1000) : -1;
  }

  private static @Nullable ChartBar at(JsonNode data, int i, long time) {
    BigDecimal open = price(data, "open", i);
    BigDecimal high = price(data, "high", i);
    BigDecimal low = price(data, "low", i);
    BigDecimal close = price(data, "close", i);
    if (time < 0 || open == null || high == null || low == null || close == null) {
      return null;
    }
    BigDecimal volume = value(data, "volume", i);
    return new ChartBar(
        time,
        open,
        high,
        low,
        close,
        volume == null ? BigDecimal.ZERO : volume,
        value(data, "open_interest", i));
  }

  /** A price without the digits that come of a float's binary fraction. */
  private static @Nullable BigDecimal price(JsonNode data, String name, int i) {
    BigDecimal price = Values.price(row(data, name, i), "v");
    return price == null ? null : Values.whole(price);
  }

  private static @Nullable BigDecimal value(JsonNode data, String name, int i) {
    return Values.quantity(row(data, name, i), "v");
  }

  private static JsonNode row(JsonNode data, String name, int i) {
    return AnswerParser.JSON.createObjectNode().set("v", data.path(name).path(i));
  }
}
