package dev.tapeline.market.instrument;

import java.math.BigDecimal;

/**
 * The names and ids of an instrument. The symbol is unique in an instance and names its channels;
 * segment and security id are the vendor's, and make the key under which prices are cached.
 *
 * @param symbol as in {@code market:tick:{SYMBOL}}: {@code NIFTY}, {@code RELIANCE.BSE}
 * @param segment the exchange segment: {@code NSE_EQ}, {@code IDX_I}, {@code BINANCE}
 * @param name the name for people
 * @param tickSize the step between two prices; 0 where the vendor does not send it
 */
public record Reference(
    String symbol, String segment, String securityId, String name, BigDecimal tickSize) {

  static final int MAX_LENGTH = 64;

  public Reference {
    check("symbol", symbol);
    check("segment", segment);
    check("security id", securityId);
    if (name.isBlank() || name.length() > 2 * MAX_LENGTH) {
      throw new IllegalArgumentException("not a name for %s: '%s'".formatted(symbol, name));
    }
    if (tickSize.signum() < 0) {
      throw new IllegalArgumentException(
          "negative tick size of %s: %s".formatted(symbol, tickSize));
    }
  }

  /** Segment and security id, as in {@code NSE_EQ:1333}. */
  public String key() {
    return segment + ":" + securityId;
  }

  /** Whether the text can be a symbol, a segment or a security id. */
  public static boolean isValidPart(String text) {
    return isValidPart(text, 0, text.length());
  }

  /** Whether the text can be a segment and a security id, as {@link #key} writes them. */
  public static boolean isValidKey(String text) {
    int colon = text.indexOf(':');
    return colon > 0 && isValidPart(text, 0, colon) && isValidPart(text, colon + 1, text.length());
  }

  private static boolean isValidPart(String text, int begin, int end) {
    if (begin == end || end - begin > MAX_LENGTH) {
      return false;
    }
    for (int i = begin; i < end; i++) {
      if (!isAllowed(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether the character is safe in channel names, keys, JSON strings and lists of keys without
   * escaping.
   */
  private static boolean isAllowed(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-'
        || c == '.'
        || c == '&';
  }

  static void check(String what, String text) {
    if (!isValidPart(text)) {
      throw new IllegalArgumentException(
          "not a %s: '%s'; 1 to %d letters, digits, and _ - . &"
              .formatted(what, text.substring(0, Math.min(text.length(), MAX_LENGTH)), MAX_LENGTH));
    }
  }
}
