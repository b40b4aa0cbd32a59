package dev.tapeline.market.instrument;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

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

  /** The chain, if the text can be a symbol; null otherwise. */
  public static @Nullable ChainKey of(String underlying, LocalDate expiry) {
    return Reference.isValidPart(underlying) ? new ChainKey(underlying, expiry) : null;
  }

  @Override
  public String toString() {
    return underlying + ":" + expiry;
  }
}
