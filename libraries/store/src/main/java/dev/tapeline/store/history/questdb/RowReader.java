package dev.tapeline.store.history.questdb;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.Ohlc;
import dev.tapeline.market.tick.Side;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.store.history.HistoryRow;
import dev.tapeline.store.history.Series;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads rows of answers. Times come as epoch ms. */
final class RowReader {

  /** What {@link #bar} reads. */
  static final String BAR_COLUMNS =
      "open, high, low, close, volume, trades, revision, partial, price_scale, volume_scale, exact";

  /** What {@link #tick} reads. */
  static final String TICK_COLUMNS =
      "id, ordinal, price, quantity, aggressor, price_scale, quantity_scale, exact";

  private RowReader() {}

  static Bar bar(Frame frame, List<@Nullable String> row) {
    List<@Nullable BigDecimal> prices =
        ExactDecimals.read(row.subList(1, 5), form(row.get(9), row.get(11), 0));
    List<@Nullable BigDecimal> volume =
        ExactDecimals.read(row.subList(5, 6), form(row.get(10), row.get(11), 1));
    Ohlc ohlc =
        new Ohlc(
            Objects.requireNonNull(prices.get(0)),
            Objects.requireNonNull(prices.get(1)),
            Objects.requireNonNull(prices.get(2)),
            Objects.requireNonNull(prices.get(3)));
    Bar.State state =
        new Bar.State(true, (int) number(row.get(7)), Boolean.parseBoolean(row.get(8)));
    return new Bar(frame, number(row.get(0)), ohlc, volume.get(0), number(row.get(6)), state);
  }

  static HistoryRow.OfTick tick(Series series, List<@Nullable String> row) {
    BigDecimal price =
        ExactDecimals.read(row.subList(3, 4), form(row.get(6), row.get(8), 0)).getFirst();
    BigDecimal quantity =
        ExactDecimals.read(row.subList(4, 5), form(row.get(7), row.get(8), 1)).getFirst();
    String id = row.get(1);
    String side = row.get(5);
    return new HistoryRow.OfTick(
        series,
        number(row.get(0)),
        id == null ? Tick.NO_ID : Long.parseLong(id),
        (int) number(row.get(2)),
        Objects.requireNonNull(price),
        quantity,
        side == null ? null : Side.valueOf(side));
  }

  static long number(@Nullable String text) {
    return Long.parseLong(Objects.requireNonNull(text));
  }

  /**
   * @param exact the texts of both forms of a row, by bar; null if it has none
   * @param which of them
   */
  private static ExactDecimals.Form form(
      @Nullable String scale, @Nullable String exact, int which) {
    String text = exact == null ? "" : Arrays.asList(exact.split("\\|", 2)).get(which);
    return new ExactDecimals.Form(
        scale == null ? null : Integer.valueOf(scale), text.isEmpty() ? null : text);
  }
}
