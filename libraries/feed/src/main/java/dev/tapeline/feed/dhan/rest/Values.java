package dev.tapeline.feed.dhan.rest;

import dev.tapeline.market.tick.BestPrice;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads numbers of an answer. The vendor writes 0 for what it does not know, which is none. */
final class Values {

  private static final int MAX_DIGITS = 40;

  /** More decimal places than any price has: the digits of a float that was widened. */
  private static final int WIDENED = 4;

  private Values() {}

  /** A number of any sign; null if it is absent or no usable number. */
  static @Nullable BigDecimal number(JsonNode node, String name) {
    JsonNode value = node.path(name);
    if (!value.isNumber()) {
      return null;
    }
    BigDecimal number = value.decimalValue();
    boolean fits = Math.abs(number.scale()) <= MAX_DIGITS && number.precision() <= MAX_DIGITS;
    if (!fits) {
      return null;
    }
    return number.scale() < 0 ? number.setScale(0) : number;
  }

  /** A number above 0; null for others. */
  static @Nullable BigDecimal positive(JsonNode node, String name) {
    BigDecimal value = number(node, name);
    return value == null || value.signum() <= 0 ? null : value;
  }

  /** A price: as {@link #positive}, without the digits that come of a float's binary fraction. */
  static @Nullable BigDecimal price(JsonNode node, String name) {
    BigDecimal value = positive(node, name);
    if (value == null || value.scale() <= WIDENED) {
      return value;
    }
    float single = value.floatValue();
    boolean widened =
        Float.isFinite(single) && new BigDecimal((double) single).compareTo(value) == 0;
    return widened ? new BigDecimal(Float.toString(single)) : value;
  }

  /** A quantity: above 0 and whole, without decimal places. */
  static @Nullable BigDecimal quantity(JsonNode node, String name) {
    BigDecimal value = positive(node, name);
    return value == null ? null : whole(value);
  }

  /** A number without decimal places if it is whole. */
  static BigDecimal whole(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() <= 0 ? stripped.setScale(0) : value;
  }

  /** A best price; null where the price or the quantity is none. */
  static @Nullable BestPrice best(@Nullable BigDecimal price, @Nullable BigDecimal quantity) {
    return price == null || quantity == null ? null : new BestPrice(price, quantity);
  }
}
