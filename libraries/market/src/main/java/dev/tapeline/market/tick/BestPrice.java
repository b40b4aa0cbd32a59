package dev.tapeline.market.tick;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The best price of a side of a book.
 *
 * @param quantity what is bid or offered at it; null where the vendor sends the price alone
 */
public record BestPrice(BigDecimal price, @Nullable BigDecimal quantity) {

  public BestPrice {
    if (quantity != null && quantity.signum() < 0) {
      throw new IllegalArgumentException("negative quantity %s at %s".formatted(quantity, price));
    }
  }

  /** The price and the quantity of a level; null if it has no orders. */
  public static @Nullable BestPrice of(Level level) {
    return level.isRemoval() ? null : new BestPrice(level.price(), level.quantity());
  }
}
