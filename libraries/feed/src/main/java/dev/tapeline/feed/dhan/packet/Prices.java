package dev.tapeline.feed.dhan.packet;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Turns the binary fractions that the vendor sends into the decimals that it meant: the shortest
 * one that has the same bits. Remembers many, as prices repeat. Owned by one thread.
 */
final class Prices {

  private static final int SIZE = 1 << 14;
  private static final double[] POWERS = {1, 10, 100, 1_000, 10_000};

  /** Whole numbers beyond are not exact in a float. */
  private static final float EXACT = 1 << 24;

  private static final float MAX = 1e9f;

  private final int[] keys = new int[SIZE];
  private final @Nullable BigDecimal[] values = new @Nullable BigDecimal[SIZE];

  /** Whether the bits are a price: above 0 and below a billion, or 0 for none. */
  static boolean isValid(int bits) {
    float value = Float.intBitsToFloat(bits);
    return value >= 0 && value < MAX;
  }

  /** The price of these bits; null if it is 0, which stands for none, or no price at all. */
  @Nullable BigDecimal of(int bits) {
    int slot = (bits * 0x9E3779B9) >>> (32 - 14);
    BigDecimal value = values[slot];
    if (value != null && keys[slot] == bits) {
      return value;
    }
    return isValid(bits) && bits << 1 != 0 ? put(slot, bits) : null;
  }

  private BigDecimal put(int slot, int bits) {
    BigDecimal value = decimal(Float.intBitsToFloat(bits));
    keys[slot] = bits;
    values[slot] = value;
    return value;
  }

  static BigDecimal decimal(float value) {
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
