package dev.tapeline.market.indicator;

import java.util.Arrays;

/**
 * The values of a set of indicators at one bar, each at its place in {@link IndicatorSpec#values}.
 * Reused from bar to bar, so that none makes garbage; owned by one thread.
 */
public final class Readings {

  private final IndicatorSpec spec;
  private final double[] values;
  private final boolean[] defined;
  private int bars;

  public Readings(IndicatorSpec spec) {
    this.spec = spec;
    this.values = new double[spec.values().size()];
    this.defined = new boolean[values.length];
  }

  /** These values, which stay as they are now. */
  public Readings copy() {
    Readings copy = new Readings(spec);
    System.arraycopy(values, 0, copy.values, 0, values.length);
    System.arraycopy(defined, 0, copy.defined, 0, defined.length);
    copy.bars = bars;
    return copy;
  }

  /** Forgets all values. */
  void begin(int closedBars) {
    Arrays.fill(defined, false);
    bars = closedBars;
  }

  /** Counts the bar itself too, as it is closed. */
  void closeOn(int closedBars) {
    bars = closedBars;
  }

  /** Takes a value; one that is not finite is none. */
  void put(int place, double value) {
    values[place] = value;
    defined[place] = Double.isFinite(value);
  }

  /** What the values are of. */
  public IndicatorSpec spec() {
    return spec;
  }

  /** How many closed bars the values are made of. */
  public int bars() {
    return bars;
  }

  /** Whether the value at a place is defined. */
  public boolean has(int place) {
    return defined[place];
  }

  /**
   * The value at a place.
   *
   * @throws IllegalStateException if there is none
   */
  public double get(int place) {
    if (!defined[place]) {
      throw new IllegalStateException("not defined yet: " + spec.values().get(place));
    }
    return values[place];
  }
}
