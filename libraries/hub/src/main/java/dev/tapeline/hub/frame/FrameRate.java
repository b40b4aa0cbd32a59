package dev.tapeline.hub.frame;

import java.util.concurrent.TimeUnit;

/**
 * How many frames a second a subscription gets at most.
 *
 * @param perSecond infinite for as many as the client can take
 */
public record FrameRate(double perSecond) {

  /** As many frames as the client can take. */
  public static final FrameRate UNLIMITED = new FrameRate(Double.POSITIVE_INFINITY);

  /** The lowest limit: one frame a minute. */
  public static final double LEAST = 1.0 / 60;

  /** The highest limit; above it, leave it out. */
  public static final double MOST = 1000;

  public FrameRate {
    if (!(perSecond >= LEAST && perSecond <= MOST) && perSecond != Double.POSITIVE_INFINITY) {
      throw invalid(perSecond);
    }
  }

  /**
   * A limited rate.
   *
   * @throws IllegalArgumentException if it is not from {@link #LEAST} to {@link #MOST}
   */
  public static FrameRate of(double perSecond) {
    if (perSecond == Double.POSITIVE_INFINITY) {
      throw invalid(perSecond);
    }
    return new FrameRate(perSecond);
  }

  private static IllegalArgumentException invalid(double perSecond) {
    return new IllegalArgumentException(
        "maxRate is frames a second, from 1/60 to 1000, not " + perSecond);
  }

  public boolean isUnlimited() {
    return perSecond == Double.POSITIVE_INFINITY;
  }

  public boolean isAtLeast(FrameRate other) {
    return perSecond >= other.perSecond;
  }

  /** The lower of two rates. */
  public FrameRate atMost(FrameRate other) {
    return isAtLeast(other) ? other : this;
  }

  /** The least time between two frames; 0 if there is none. */
  public long intervalNanos() {
    return (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
  }
}
