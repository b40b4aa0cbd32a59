package dev.tapeline.simulate.market;

import java.math.BigDecimal;
import java.util.List;

/**
 * A minute of an instrument.
 *
 * @param start epoch ms UTC
 * @param volume 0 for an index
 * @param turnover the sum of price times quantity
 * @param firstTrade the number of its first trade
 */
public record MinuteBar(
    long start,
    BigDecimal open,
    BigDecimal high,
    BigDecimal low,
    BigDecimal close,
    BigDecimal volume,
    BigDecimal turnover,
    long trades,
    long firstTrade) {

  public static final long MILLIS = 60_000;

  static MinuteBar first(long time, BigDecimal price, BigDecimal quantity, long id) {
    return new MinuteBar(
        time - Math.floorMod(time, MILLIS),
        price,
        price,
        price,
        price,
        quantity,
        price.multiply(quantity),
        1,
        id);
  }

  MinuteBar with(BigDecimal price, BigDecimal quantity) {
    return new MinuteBar(
        start,
        open,
        high.max(price),
        low.min(price),
        price,
        volume.add(quantity),
        turnover.add(price.multiply(quantity)),
        trades + 1,
        firstTrade);
  }

  /** This bar and later ones as one, which begins at a time. */
  public MinuteBar joined(long begin, List<MinuteBar> later) {
    MinuteBar all = this;
    for (MinuteBar next : later) {
      all =
          new MinuteBar(
              begin,
              open,
              all.high.max(next.high),
              all.low.min(next.low),
              next.close,
              all.volume.add(next.volume),
              all.turnover.add(next.turnover),
              all.trades + next.trades,
              firstTrade);
    }
    return new MinuteBar(
        begin,
        all.open,
        all.high,
        all.low,
        all.close,
        all.volume,
        all.turnover,
        all.trades,
        all.firstTrade);
  }

  /** Whether the time lies in this minute. */
  boolean isAt(long time) {
    return time >= start && time < start + MILLIS;
  }
}
