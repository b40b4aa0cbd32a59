package dev.tapeline.server.vendor;

import dev.tapeline.market.instrument.Instrument;
import org.jspecify.annotations.Nullable;

/** What a source can price beyond the instruments that are known. */
@FunctionalInterface
public interface SymbolRange {

  /** A source that has nothing but the instruments that it has told. */
  SymbolRange KNOWN = _ -> null;

  /** The instrument of this symbol, if the source may have it; null if it can't. */
  @Nullable Instrument instrument(String symbol);
}
