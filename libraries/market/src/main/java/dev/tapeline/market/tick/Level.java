package dev.tapeline.market.tick;

import java.math.BigDecimal;

/** A price of a book and how much is wanted or offered at it; in a change, 0 takes it away. */
public record Level(BigDecimal price, BigDecimal quantity) {

  public Level {
    if (quantity.signum() < 0) {
      throw new IllegalArgumentException("negative quantity %s at %s".formatted(quantity, price));
    }
  }

  public static Level of(String price, String quantity) {
    return new Level(Decimals.parse(price), Decimals.parse(quantity));
  }

  /** Whether this takes the level out of the book. */
  public boolean isRemoval() {
    return quantity.signum() == 0;
  }
}
