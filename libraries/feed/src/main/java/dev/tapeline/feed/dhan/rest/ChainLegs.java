package dev.tapeline.feed.dhan.rest;

import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Finds the instruments of option chains. Asked on the thread of the feed. */
public interface ChainLegs {

  /** The underlying of this symbol; null if it is unknown, so that the chain can't be asked for. */
  @Nullable Instrument underlying(String symbol);

  /**
   * An option of a chain.
   *
   * @param securityId the vendor's id of it; null where an answer has none
   * @return null if it is unknown
   */
  @Nullable Instrument leg(
      ChainKey chain, BigDecimal strike, Instrument.Right right, @Nullable String securityId);
}
