package dev.tapeline.market.indicator;

/**
 * The values before the newest one in a window of fixed length: one less than the length. Mutable;
 * a part of an indicator.
 */
final class Window {

  private final int length;
  private final double[] before;
  private int next;
  private int count;
  private double sum;

  /**
   * @param length of the window, with the newest value
   */
  Window(int length) {
    this.length = length;
    this.before = new double[length - 1];
  }

  void reset() {
    next = 0;
    count = 0;
    sum = 0;
  }

  /** Whether one more value fills the window. */
  boolean isDue() {
    return count == before.length;
  }

  /** The average with this value as the newest; meaningless unless it is due, as all below. */
  double average(double newest) {
    return (sum + newest) / length;
  }

  /** The average, without any error where all values are equal. */
  double mean(double newest) {
    double distances = 0;
    for (double value : before) {
      distances += value - newest;
    }
    return newest + distances / length;
  }

  /** The average of the squared distances from a mean. */
  double variance(double newest, double mean) {
    double squares = (newest - mean) * (newest - mean);
    for (double value : before) {
      squares += (value - mean) * (value - mean);
    }
    return squares / length;
  }

  /** The average of the distances from a mean. */
  double deviation(double newest, double mean) {
    double distances = Math.abs(newest - mean);
    for (double value : before) {
      distances += Math.abs(value - mean);
    }
    return distances / length;
  }

  /** The average with weights that rise by one from the oldest to the newest. */
  double weighted(double newest) {
    double products = length * newest;
    double weight = 1;
    for (int i = next; i < before.length; i++) {
      products += weight++ * before[i];
    }
    for (int i = 0; i < next; i++) {
      products += weight++ * before[i];
    }
    return products / (length * (length + 1) / 2.0);
  }

  double highest(double newest) {
    double highest = newest;
    for (double value : before) {
      if (value > highest) {
        highest = value;
      }
    }
    return highest;
  }

  double lowest(double newest) {
    double lowest = newest;
    for (double value : before) {
      if (value < lowest) {
        lowest = value;
      }
    }
    return lowest;
  }

  /** The oldest value. */
  double oldest(double newest) {
    return before.length == 0 ? newest : before[next];
  }

  void add(double value) {
    if (before.length == 0) {
      return;
    }
    double gone = isDue() ? before[next] : 0;
    before[next] = value;
    next = next + 1 < before.length ? next + 1 : 0;
    count = Math.min(count + 1, before.length);
    // A sum that is only ever changed drifts: it is made anew each time around.
    sum = next == 0 ? total() : sum - gone + value;
  }

  private double total() {
    double total = 0;
    for (double value : before) {
      total += value;
    }
    return total;
  }
}
