package dev.tapeline.rest.http;

/** Checks numbers of JSON that every reader can hold. */
public final class Numbers {

  private static final int MAX_LENGTH = 64;

  private Numbers() {}

  /**
   * Whether the text is a number as JSON writes it, of a believable length, and neither too large
   * nor too small for a double: {@code 1e999} is Infinity for browsers.
   */
  public static boolean isJsonNumber(String text) {
    if (text.length() > MAX_LENGTH) {
      return false;
    }
    int i = text.startsWith("-") ? 1 : 0;
    int digits = digits(text, i);
    if (digits == 0 || (digits > 1 && text.charAt(i) == '0')) {
      return false;
    }
    i = afterFraction(text, i + digits);
    return i >= 0
        && afterExponent(text, i) == text.length()
        && (i == text.length() || isInRange(text, i));
  }

  /**
   * Whether a double can hold the digits with their exponent: the result is finite, and 0 only if
   * the digits are.
   */
  private static boolean isInRange(String text, int digits) {
    double value = Double.parseDouble(text);
    return Double.isFinite(value)
        && (value != 0 || Double.parseDouble(text.substring(0, digits)) == 0);
  }

  /** The end of the fraction, if there is one; negative if it has no digits. */
  private static int afterFraction(String text, int i) {
    if (i == text.length() || text.charAt(i) != '.') {
      return i;
    }
    int digits = digits(text, i + 1);
    return digits == 0 ? -1 : i + 1 + digits;
  }

  private static int afterExponent(String text, int i) {
    if (i == text.length() || (text.charAt(i) | 0x20) != 'e') {
      return i;
    }
    boolean signed = i + 1 < text.length() && "+-".indexOf(text.charAt(i + 1)) >= 0;
    int begin = signed ? i + 2 : i + 1;
    int digits = digits(text, begin);
    return digits == 0 ? -1 : begin + digits;
  }

  private static int digits(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    return i - from;
  }
}
