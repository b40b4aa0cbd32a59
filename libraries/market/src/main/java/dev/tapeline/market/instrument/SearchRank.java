package dev.tapeline.market.instrument;

import java.util.Locale;

/** How well an instrument fits a text, the best first. */
public enum SearchRank {
  /** The text is its symbol or its key. */
  EXACT,
  /** Its symbol begins with the text. */
  SYMBOL_PREFIX,
  /** A word of its name begins with the text. */
  WORD_PREFIX,
  /** The text is in its symbol. */
  SYMBOL_PART,
  /** The text is in its name. */
  NAME_PART,
  /** It does not fit. */
  NONE;

  /**
   * The rank of an instrument.
   *
   * @param query in upper case; an empty one is the beginning of every symbol
   */
  static SearchRank of(String query, Instrument instrument) {
    String symbol = instrument.symbol().toUpperCase(Locale.ROOT);
    if (symbol.equals(query) || instrument.key().equalsIgnoreCase(query)) {
      return EXACT;
    }
    return symbol.startsWith(query)
        ? SYMBOL_PREFIX
        : part(query, symbol, instrument.name().toUpperCase(Locale.ROOT));
  }

  private static SearchRank part(String query, String symbol, String name) {
    if (name.startsWith(query) || name.contains(" " + query)) {
      return WORD_PREFIX;
    }
    if (symbol.contains(query)) {
      return SYMBOL_PART;
    }
    return name.contains(query) ? NAME_PART : NONE;
  }
}
