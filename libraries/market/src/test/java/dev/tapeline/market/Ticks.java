package dev.tapeline.market;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.market.tick.BestPrice;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Side;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ticks of one share, for tests. */
public final class Ticks {

  public static final Instrument HDFC =
      new Instrument.Share(
          new Reference("HDFCBANK", "NSE_EQ", "1333", "HDFC Bank", new BigDecimal("0.05")));

  private Ticks() {}

  public static Tick trade(String price, @Nullable String quantity, long time) {
    return new Tick.Trade(
        HDFC,
        new Times(time, time),
        Tick.NO_ID,
        new BigDecimal(price),
        quantity == null ? null : new BigDecimal(quantity),
        Side.BUY,
        null);
  }

  /** A quote of a bid and an ask, each as "price quantity". */
  public static Tick quote(String bid, String ask) {
    return new Tick.Quote(
        HDFC, Times.UNKNOWN, 1, BestPrice.of(level(bid)), BestPrice.of(level(ask)));
  }

  private static Level level(String text) {
    String[] pair = text.split(" ");
    return Level.of(pair[0], pair[1]);
  }

  public static Tick depth() {
    return new Tick.Depth(HDFC, Times.UNKNOWN, true, 1, 1, List.of(level("9 1")), List.of(), null);
  }

  public static Tick start(String prevClose) {
    return new Tick.SessionStart(HDFC, Times.UNKNOWN, new BigDecimal(prevClose));
  }

  /** The vendor's open, high, low, volume, average and previous close. */
  public static Tick stats(@Nullable String... six) {
    BigDecimal[] values = new BigDecimal[6];
    for (int i = 0; i < six.length; i++) {
      String text = six[i];
      values[i] = text == null ? null : new BigDecimal(text);
    }
    return new Tick.DayStats(
        HDFC, Times.UNKNOWN, values[0], values[1], values[2], values[3], values[4], values[5]);
  }
}
