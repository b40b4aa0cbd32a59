package dev.tapeline.market.indicator;

/**
 * An average that gives each new value a fixed weight, and begins with the plain average of the
 * first values. Mutable; a part of an indicator.
 */
final class SeededAverage {

  private final int length;
  private final double weight;
  private int count;

  /** The sum of the values while there are too few, then the average. */
  private double state;

  private SeededAverage(int length, double weight) {
    this.length = length;
    this.weight = weight;
  }

  /** The exponential moving average: the weight is 2 / (length + 1). */
  static SeededAverage exponential(int length) {
    return new SeededAverage(length, 2.0 / (length + 1));
  }

  /** Wilder's smoothing: the weight is 1 / length. */
  static SeededAverage wilder(int length) {
    return new SeededAverage(length, 1.0 / length);
  }

  void reset() {
    count = 0;
    state = 0;
  }

  /** Whether one more value makes it defined. */
  boolean isDue() {
    return count >= length - 1;
  }

  /** The average with this value as the newest; meaningless unless it is due. */
  double with(double value) {
    return count < length ? (state + value) / length : state + weight * (value - state);
  }

  void add(double value) {
    state = isDue() ? with(value) : state + value;
    count = Math.min(count + 1, length);
  }
}
