package dev.tapeline.feed.vendor;

import dev.tapeline.market.instrument.Reference;
import java.time.LocalDate;

/**
 * An option chain.
 *
 * @param underlying the symbol of its underlying
 */
public record ChainKey(String underlying, LocalDate expiry) {

  public ChainKey {
    if (!Reference.isValidPart(underlying)) {
      throw new IllegalArgumentException("not a symbol: '%s'".formatted(underlying));
    }
  }

  @Override
  public String toString() {
    return underlying + ":" + expiry;
  }
}
