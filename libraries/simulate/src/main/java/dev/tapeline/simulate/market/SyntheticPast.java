package dev.tapeline.simulate.market;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * The minutes before the simulated market began: a made-up curve around a price, the same whenever
 * it is asked for. Closed outside of India's trading hours and at weekends.
 */
public final class SyntheticPast {

  private static final ZoneId INDIA = ZoneId.of("Asia/Kolkata");
  private static final LocalTime OPEN = LocalTime.of(9, 15);
  private static final LocalTime CLOSE = LocalTime.of(15, 30);

  private final BigDecimal price;
  private final boolean hasVolume;

  /** The past of an instrument, around its close of the day before. */
  public SyntheticPast(BigDecimal price, boolean hasVolume) {
    this.price = price;
    this.hasVolume = hasVolume;
  }

  /** The minutes from a time up to another, each beginning at a multiple of the step. */
  public List<MinuteBar> bars(long from, long to, int stepMinutes) {
    List<MinuteBar> bars = new ArrayList<>();
    long step = stepMinutes * MinuteBar.MILLIS;
    long time = Math.ceilDiv(from, step) * step;
    for (; time < to; time += step) {
      ZonedDateTime local = Instant.ofEpochMilli(time).atZone(INDIA);
      if (isOpen(local)) {
        bars.add(bar(time));
      }
    }
    return bars;
  }

  private static boolean isOpen(ZonedDateTime time) {
    boolean weekend =
        time.getDayOfWeek() == DayOfWeek.SATURDAY || time.getDayOfWeek() == DayOfWeek.SUNDAY;
    LocalTime clock = time.toLocalTime();
    return !weekend && !clock.isBefore(OPEN) && clock.isBefore(CLOSE);
  }

  private MinuteBar bar(long time) {
    BigDecimal open = at(time);
    BigDecimal close = at(time + MinuteBar.MILLIS);
    BigDecimal reach = price.movePointLeft(4).setScale(2, RoundingMode.UP);
    BigDecimal volume =
        hasVolume
            ? BigDecimal.valueOf(500 + Math.floorMod(time / 60_000 * 7919, 4000))
            : BigDecimal.ZERO;
    return new MinuteBar(
        time,
        open,
        open.max(close).add(reach),
        open.min(close).subtract(reach),
        close,
        volume,
        volume.multiply(close),
        hasVolume ? 10 : 1,
        0);
  }

  private BigDecimal at(long time) {
    double minutes = time / 60_000.0;
    double move =
        0.02 * Math.sin(minutes / 9000)
            + 0.004 * Math.sin(minutes / 97)
            + 0.001 * Math.sin(minutes);
    return price.multiply(BigDecimal.valueOf(1 + move)).setScale(2, RoundingMode.HALF_UP);
  }
}
