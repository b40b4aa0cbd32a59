package dev.tapeline.market.tick;

import java.math.BigDecimal;

/** A price level of a book with its quantity; in a change, the quantity 0 removes the level. */
public record Level(BigDecimal price, BigDecimal quantity) {

  public Level {
    if (quantity.signum() < 0) {
      throw new IllegalArgumentException("negative quantity %s at %s".formatted(quantity, price));
    }
  }

  public static Level of(String price, String quantity) {
    return new Level(Decimals.parse(price), Decimals.parse(quantity));
  }

  /** Whether this removes the level from the book. */
  public boolean isRemoval() {
    return quantity.signum() == 0;
  }
}
