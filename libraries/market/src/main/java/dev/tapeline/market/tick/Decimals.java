package dev.tapeline.market.tick;

import java.math.BigDecimal;

/** Reads exact decimals from untrusted text: bounded in digits, so that none is costly to print. */
public final class Decimals {

  private static final int MAX_DIGITS = 40;

  private Decimals() {}

  /**
   * The decimal with all its trailing zeros.
   *
   * @throws NumberFormatException if the text is not a decimal, or has over 40 digits on either
   *     side
   */
  public static BigDecimal parse(String text) {
    return parse(text.toCharArray(), 0, text.length());
  }

  /** As {@link #parse(String)}, from a part of an array. */
  public static BigDecimal parse(char[] text, int offset, int length) {
    if (length == 0 || length > MAX_DIGITS) {
      throw new NumberFormatException("a number of %d characters".formatted(length));
    }
    BigDecimal value = value(text, offset, length);
    int scale = value.scale();
    if (scale > MAX_DIGITS || scale < -MAX_DIGITS) {
      throw new NumberFormatException("out of range: " + value);
    }
    return scale < 0 ? value.setScale(0) : value;
  }

  private static BigDecimal value(char[] text, int offset, int length) {
    try {
      return new BigDecimal(text, offset, length);
    } catch (NumberFormatException _) {
      throw new NumberFormatException("not a number: " + new String(text, offset, length));
    }
  }
}
