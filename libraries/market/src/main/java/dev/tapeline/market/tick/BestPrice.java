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

  /** The best price of a side with this quantity; null if that is 0, as there are no orders. */
  public static @Nullable BestPrice of(BigDecimal price, BigDecimal quantity) {
    return quantity.signum() == 0 ? null : new BestPrice(price, quantity);
  }

  /** The price and the quantity of a level; null if it has no orders. */
  public static @Nullable BestPrice of(Level level) {
    return of(level.price(), level.quantity());
  }
}
