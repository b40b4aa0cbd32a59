package dev.tapeline.feed.dhan.packet;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Turns the binary fractions that the vendor sends into the decimals that it meant: the shortest
 * one that has the same bits.
 */
final class Prices {

  private static final double[] POWERS = {1, 10, 100, 1_000, 10_000};

  /** Whole numbers beyond are not exact in a float. */
  private static final float EXACT = 1 << 24;

  private static final float MAX = 1e9f;

  /**
   * Below, floats are so dense that at most one number of two decimal places has the bits of a
   * float: the distance of two floats is under a hundredth.
   */
  private static final float HUNDREDTHS = 1 << 17;

  private Prices() {}

  /** Whether the bits are a price: above 0 and below a billion, or 0 for none. */
  static boolean isValid(int bits) {
    float value = Float.intBitsToFloat(bits);
    return value >= 0 && value < MAX;
  }

  /** Whether the bits are 0, which stands for no price. */
  static boolean isNone(int bits) {
    return bits << 1 == 0; // either sign
  }

  /** The price of these bits; null if it is 0, which stands for none, or no price at all. */
  static @Nullable BigDecimal of(int bits) {
    return isValid(bits) && !isNone(bits) ? decimal(Float.intBitsToFloat(bits)) : null;
  }

  static BigDecimal decimal(float value) {
    if (value < HUNDREDTHS) {
      long hundredths = Math.round(value * 100.0);
      if ((float) (hundredths / 100.0) == value) {
        return ofHundredths(hundredths);
      }
    }
    if (value < EXACT) {
      for (int scale = 0; scale < POWERS.length; scale++) {
        long scaled = (long) Math.rint(value * POWERS[scale]); // the product is exact
        if ((float) (scaled / POWERS[scale]) == value) {
          return BigDecimal.valueOf(scaled, scale);
        }
      }
    }
    return plain(new BigDecimal(Float.toString(value)));
  }

  private static BigDecimal ofHundredths(long hundredths) {
    if (hundredths % 10 != 0) {
      return BigDecimal.valueOf(hundredths, 2);
    }
    return hundredths % 100 == 0
        ? BigDecimal.valueOf(hundredths / 100)
        : BigDecimal.valueOf(hundredths / 10, 1);
  }

  /** The price of a double; null if it is 0, which stands for none, or no price at all. */
  static @Nullable BigDecimal of(double value) {
    return value > 0 && value < MAX ? decimal(value) : null;
  }

  private static BigDecimal decimal(double value) {
    for (int scale = 0; scale < POWERS.length; scale++) {
      long scaled = (long) Math.rint(value * POWERS[scale]);
      if (scaled / POWERS[scale] == value) {
        return BigDecimal.valueOf(scaled, scale);
      }
    }
    return plain(new BigDecimal(Double.toString(value)));
  }

  private static BigDecimal plain(BigDecimal value) {
    BigDecimal shortest = value.stripTrailingZeros();
    return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
  }
}
