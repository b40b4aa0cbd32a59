package dev.tapeline.market.instrument;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * All instruments that a vendor has: hundreds of thousands, of which most are never watched. It
 * does not change once it is made, may be used from any thread, and makes an {@link Instrument}
 * only when it is asked for one. No two of its instruments have the same symbol or the same key.
 */
public interface Catalogue {

  Optional<Instrument> bySymbol(String symbol);

  /** The instrument of this segment and security id, as in {@code NSE_EQ:1333}. */
  Optional<Instrument> byKey(String key);

  /**
   * The first of the instruments that the query asks for, in the order of {@link
   * InstrumentQuery#best}.
   */
  List<Instrument> search(InstrumentQuery query, int limit);

  /** The days on which options on this underlying expire, the soonest first. */
  List<LocalDate> expiries(String underlying);

  /** The number of its instruments. */
  int size();
}
