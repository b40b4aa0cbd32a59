package dev.tapeline.market.indicator;

/**
 * The values of one bar as indicators read them: prices and volume as doubles. Mutable, so that one
 * of them serves for all bars of a series; owned by one thread.
 */
public final class BarValues {

  private long session;
  private double open;
  private double high;
  private double low;
  private double close;
  private double volume;
  private boolean hasVolume;
  private boolean whole;

  /**
   * Takes the prices of a bar whose session was seen from its beginning on, in session 0, without a
   * volume.
   */
  public BarValues prices(double newOpen, double newHigh, double newLow, double newClose) {
    open = newOpen;
    high = newHigh;
    low = newLow;
    close = newClose;
    session = 0;
    hasVolume = false;
    whole = true;
    return this;
  }

  /** Takes the traded quantity of the bar. */
  public BarValues volume(double newVolume) {
    volume = newVolume;
    hasVolume = true;
    return this;
  }

  /**
   * Takes the session of the bar.
   *
   * @param key equal for all bars of a session
   * @param isWhole whether nothing before this bar is missing in its session; asked of the first
   *     bar of a session alone
   */
  public BarValues session(long key, boolean isWhole) {
    session = key;
    whole = isWhole;
    return this;
  }

  public double open() {
    return open;
  }

  public double high() {
    return high;
  }

  public double low() {
    return low;
  }

  public double close() {
    return close;
  }

  /** The traded quantity; meaningless without one. */
  public double volume() {
    return volume;
  }

  /** Whether the bar has a volume: that of an index has none. */
  public boolean hasVolume() {
    return hasVolume;
  }

  long session() {
    return session;
  }

  boolean isWhole() {
    return whole;
  }

  /** The average of high, low and close. */
  double typical() {
    return (high + low + close) / 3;
  }

  /** The range of the bar, with the gap to the close before (Wilder 1978). */
  double trueRange(double closeBefore) {
    return Math.max(high, closeBefore) - Math.min(low, closeBefore);
  }
}
