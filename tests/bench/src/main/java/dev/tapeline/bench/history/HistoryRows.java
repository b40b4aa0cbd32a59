package dev.tapeline.bench.history;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.Ohlc;
import dev.tapeline.market.tick.Side;
import dev.tapeline.store.history.HistoryRow;
import dev.tapeline.store.history.Origin;
import dev.tapeline.store.history.Series;
import dev.tapeline.store.history.Span;
import java.math.BigDecimal;
import java.time.Instant;

/** Rows as a day of trading makes them: the same number gives the same row. */
final class HistoryRows {

  static final int DAYS = 5;
  static final int MINUTES = 375;

  /** The open of a Monday. */
  private static final long OPEN = Instant.parse("2026-11-30T03:45:00Z").toEpochMilli();

  private static final long DAY_MILLIS = 86_400_000;
  private static final long MINUTE_MILLIS = 60_000;
  private static final int TICK_SYMBOLS = 500;
  private static final int TICKS_A_MILLI = 4;

  private HistoryRows() {}

  static Series series(int number) {
    return new Series("SYM" + number, "bench", Origin.SIMULATED);
  }

  static HistoryRow.OfTick tick(long number, Series series) {
    return new HistoryRow.OfTick(
        series,
        OPEN + number / TICKS_A_MILLI,
        number,
        0,
        BigDecimal.valueOf(2_432_145 + number % 997, 2),
        BigDecimal.valueOf(75 * (1 + number % 40)),
        number % 2 == 0 ? Side.BUY : Side.SELL);
  }

  static HistoryRow.OfTick tick(long number) {
    return tick(number, series((int) (number % TICK_SYMBOLS)));
  }

  static HistoryRow bar(int symbol, int minute) {
    BigDecimal open = BigDecimal.valueOf(2_432_145 + minute % 311, 2);
    Ohlc prices = new Ohlc(open, open.add(BigDecimal.TEN), open.subtract(BigDecimal.ONE), open);
    long time = OPEN + minute / MINUTES * DAY_MILLIS + minute % MINUTES * MINUTE_MILLIS;
    return new HistoryRow.OfBar(
        series(symbol),
        new Bar(Frame.MINUTE, time, prices, BigDecimal.valueOf(1_500), 40, Bar.State.CLOSED));
  }

  static Span fiveDays() {
    return new Span(OPEN, OPEN + DAYS * DAY_MILLIS, DAYS * MINUTES, true);
  }

  static Span all(int limit) {
    return new Span(OPEN, OPEN + DAYS * DAY_MILLIS, limit, false);
  }
}
