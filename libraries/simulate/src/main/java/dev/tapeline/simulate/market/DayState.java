package dev.tapeline.simulate.market;

import dev.tapeline.market.tick.Tick;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** The figures of an instrument's session. Not thread-safe: owned by the server's loop. */
public final class DayState {

  private @Nullable BigDecimal open;
  private @Nullable BigDecimal high;
  private @Nullable BigDecimal low;
  private @Nullable BigDecimal prevClose;
  private BigDecimal volume = BigDecimal.ZERO;
  private BigDecimal turnover = BigDecimal.ZERO;
  private long trades;
  private long startTime;

  DayState() {}

  void start(Tick.SessionStart start) {
    open = null;
    high = null;
    low = null;
    volume = BigDecimal.ZERO;
    turnover = BigDecimal.ZERO;
    trades = 0;
    startTime = start.times().exchange();
    if (start.prevClose() != null) {
      prevClose = start.prevClose();
    }
  }

  void tell(Tick.DayStats stats) {
    open = or(stats.open(), open);
    high = or(stats.high(), high);
    low = or(stats.low(), low);
    prevClose = or(stats.prevClose(), prevClose);
    BigDecimal told = stats.volume();
    if (told != null) {
      volume = told;
      BigDecimal average = stats.average();
      turnover = average == null ? turnover : average.multiply(told);
    }
  }

  private static @Nullable BigDecimal or(@Nullable BigDecimal told, @Nullable BigDecimal kept) {
    return told == null ? kept : told;
  }

  void take(BigDecimal price, BigDecimal quantity) {
    open = open == null ? price : open;
    high = high == null ? price : high.max(price);
    low = low == null ? price : low.min(price);
    volume = volume.add(quantity);
    turnover = turnover.add(price.multiply(quantity));
    trades++;
  }

  public @Nullable BigDecimal open() {
    return open;
  }

  public @Nullable BigDecimal high() {
    return high;
  }

  public @Nullable BigDecimal low() {
    return low;
  }

  /** The close of the session before; null where it is not known. */
  public @Nullable BigDecimal prevClose() {
    return prevClose;
  }

  public BigDecimal volume() {
    return volume;
  }

  public BigDecimal turnover() {
    return turnover;
  }

  /** The average price of the volume; 0 without volume. */
  public BigDecimal average() {
    return volume.signum() == 0
        ? BigDecimal.ZERO
        : turnover.divide(volume, 8, RoundingMode.HALF_UP);
  }

  public long trades() {
    return trades;
  }

  /** When the session began, epoch ms; 0 if it was not told. */
  public long startTime() {
    return startTime;
  }
}
