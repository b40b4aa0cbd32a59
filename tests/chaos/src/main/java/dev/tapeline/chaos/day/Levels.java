package dev.tapeline.chaos.day;

import java.util.List;

/**
 * Judges whether a figure that was measured again and again stays on its level. What grows without
 * end is higher in the last third of the time than in the second; what fills up at first, and what
 * goes up and down, is not. The median of a third stands for it.
 */
final class Levels {

  private static final double GROWTH = 1.05;
  private static final int FEWEST = 9;

  private Levels() {}

  /**
   * Whether the last third is as low as the second, but for 5 percent and a constant.
   *
   * @param constant how much more is nothing, in the unit of the values
   * @throws IllegalArgumentException if there are fewer than nine values
   */
  static boolean isFlat(List<Long> values, long constant) {
    if (values.size() < FEWEST) {
      throw new IllegalArgumentException(
          "%d values say nothing; there must be %d".formatted(values.size(), FEWEST));
    }
    int third = values.size() / 3;
    long second = median(values.subList(third, 2 * third));
    long last = median(values.subList(2 * third, values.size()));
    return last <= second * GROWTH + constant;
  }

  static long median(List<Long> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
