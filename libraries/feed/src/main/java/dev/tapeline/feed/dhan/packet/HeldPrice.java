package dev.tapeline.feed.dhan.packet;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A price as the vendor has sent it, with its decimal, which is made only if the bits are others
 * than before. Mutable; owned by the thread of its feed.
 */
final class HeldPrice {

  private int bits;
  private @Nullable BigDecimal value;

  /** The bits that were last taken; 0 before the first. */
  int bits() {
    return bits;
  }

  /** The price of the bits that were last taken; null if there is none. */
  @Nullable BigDecimal value() {
    return value;
  }

  /** Takes a price, and returns whether it is another one. */
  boolean take(int next) {
    if (next == bits) {
      return false;
    }
    bits = next;
    value = Prices.of(next);
    return true;
  }
}
