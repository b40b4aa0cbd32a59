package dev.tapeline.market;

import java.math.BigDecimal;

/** Reads exact decimals from untrusted text: bounded in digits, so that none is costly to print. */
public final class Decimals {

  private static final int MAX_DIGITS = 40;

  private Decimals() {}

  /**
   * The decimal with all its trailing zeros.
   *
   * @throws NumberFormatException if the text is none, or has over 40 digits on either side
   */
  public static BigDecimal parse(String text) {
    if (text.length() > MAX_DIGITS) {
      throw new NumberFormatException("a number of %d characters".formatted(text.length()));
    }
    return bounded(new BigDecimal(text), text);
  }

  private static BigDecimal bounded(BigDecimal value, String text) {
    int scale = value.scale();
    if (scale > MAX_DIGITS || scale < -MAX_DIGITS) {
      throw new NumberFormatException("out of range: " + text);
    }
    return scale < 0 ? value.setScale(0) : value;
  }
}
