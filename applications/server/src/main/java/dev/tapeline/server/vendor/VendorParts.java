package dev.tapeline.server.vendor;

import dev.tapeline.feed.vendor.ArrivalTap;
import dev.tapeline.market.instrument.Catalogue;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instruments;
import dev.tapeline.market.session.TradingCalendar;
import dev.tapeline.server.settings.part.DhanSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What vendors need of the rest of the program.
 *
 * @param dhan the account at Dhan
 * @param data the folder of what is kept on disk
 * @param taps see what arrives from a source, by its name
 * @param held the sources whose leases this node holds
 * @param underlyings the shares that have futures or options, as feeds find out
 * @param seed of jitter, another one on each node
 */
public record VendorParts(
    Instruments instruments,
    TradingCalendar calendar,
    DhanSettings dhan,
    Path data,
    Function<String, ArrivalTap> taps,
    HeldSources held,
    UnderlyingShares underlyings,
    long seed,
    InstantSource clock) {

  private static final Logger log = LoggerFactory.getLogger(VendorParts.class);

  ArrivalTap tap(String source) {
    return taps.apply(source);
  }

  /** Makes an instrument known that the source of its list prices. */
  void known(String source, Instrument instrument) {
    try {
      instruments.add(source, instrument);
    } catch (IllegalArgumentException e) {
      log.debug("{}: {}", source, e.getMessage());
    }
  }

  /** Takes the list of all instruments of a source. */
  void listed(String source, Catalogue catalogue) {
    instruments.addCatalogue(source, catalogue);
  }

  /** Takes what a source has told of an instrument. */
  void described(String source, Instrument instrument) {
    try {
      instruments.add(source, instrument);
    } catch (IllegalArgumentException e) {
      log.warn("{}: {}", source, e.getMessage());
    }
  }
}
