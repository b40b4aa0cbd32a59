package dev.tapeline.store.history;

import dev.tapeline.market.instrument.Reference;

/**
 * Whose history it is: an instrument as one source has told it.
 *
 * @param symbol of the instrument
 * @param source the name of the source
 */
public record Series(String symbol, String source, Origin origin) {

  public Series {
    if (!Reference.isValidPart(symbol)) {
      throw new IllegalArgumentException("not a symbol: " + symbol);
    }
  }
}
