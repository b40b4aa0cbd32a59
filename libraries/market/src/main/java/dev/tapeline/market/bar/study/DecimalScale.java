package dev.tapeline.market.bar.study;

import java.math.BigDecimal;

/**
 * Writes exact decimals of at most 18 digits as longs: as multiples of a power of ten that becomes
 * smaller when a finer decimal comes. Owned by one thread.
 */
final class DecimalScale {

  /** Stands for a decimal that is too fine for the present scale, or too long. */
  static final long NO_FIT = Long.MIN_VALUE;

  private static final int MAX_DIGITS = 18;
  private static final long[] POWERS = new long[MAX_DIGITS + 1];

  static {
    POWERS[0] = 1;
    for (int i = 1; i <= MAX_DIGITS; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  private int scale;

  /** The decimal as a multiple of the unit; {@link #NO_FIT} if it is none, or too long. */
  long units(BigDecimal value) {
    if (value.precision() > MAX_DIGITS) {
      BigDecimal shorter = value.stripTrailingZeros();
      return shorter.precision() > MAX_DIGITS ? NO_FIT : units(shorter);
    }
    long unscaled = value.scaleByPowerOfTen(value.scale()).longValue(); // exact: a long's digits
    int shift = scale - value.scale();
    return shift == 0 || unscaled == 0 ? unscaled : shifted(unscaled, shift);
  }

  private static long shifted(long unscaled, int shift) {
    if (Math.abs(shift) > MAX_DIGITS) {
      return NO_FIT;
    }
    if (shift > 0) {
      return multiplied(unscaled, POWERS[shift]);
    }
    long power = POWERS[-shift];
    long quotient = unscaled / power;
    return quotient * power == unscaled ? quotient : NO_FIT;
  }

  private static long multiplied(long value, long factor) {
    return Math.abs(value) > POWERS[MAX_DIGITS] / factor ? NO_FIT : value * factor;
  }

  /**
   * By how many decimal places the scale has to become finer for a decimal; 0 if that would not
   * help, as it is too long.
   */
  int missingPlaces(BigDecimal value) {
    BigDecimal shortest = value.stripTrailingZeros();
    int missing = shortest.scale() - scale;
    return shortest.precision() > MAX_DIGITS || missing <= 0 || missing > MAX_DIGITS ? 0 : missing;
  }

  /** Whether a number of units still fits after the scale has become finer. */
  static boolean fits(long units, int places) {
    return multiplied(units, POWERS[places]) != NO_FIT;
  }

  /** The same number in units that are finer by so many places. */
  static long refined(long units, int places) {
    return units * POWERS[places];
  }

  /** Makes the scale finer; the caller has refined all that it keeps. */
  void refine(int places) {
    scale += places;
  }

  BigDecimal decimal(long units) {
    return BigDecimal.valueOf(units, scale);
  }
}
