package dev.tapeline.server.compose;

import dev.tapeline.feed.simulator.SimulatorFeed;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instruments;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers what the simulated market lists on each of its trading dates. Expired contracts stay
 * registered, as the registry forgets none. Called on the thread of the feed.
 */
record Listing(String source, Instruments instruments) implements SimulatorFeed.Listings {

  private static final Logger log = LoggerFactory.getLogger(Listing.class);

  @Override
  public void onListed(LocalDate date, List<Instrument> listed) {
    List<String> refused = new ArrayList<>();
    listed.forEach(each -> add(each, refused));
    if (!refused.isEmpty()) {
      log.warn(
          "{} instruments that {} lists on {} are not registered, such as: {}",
          refused.size(),
          source,
          date,
          refused.getFirst());
    }
    log.info(
        "{} lists {} instruments on {}; {} expired ones stay registered",
        source,
        listed.size(),
        date,
        instruments.sizeOf(source) + refused.size() - listed.size());
  }

  private void add(Instrument instrument, List<String> refused) {
    try {
      instruments.add(source, instrument);
    } catch (IllegalArgumentException e) {
      refused.add(String.valueOf(e.getMessage()));
    }
  }
}
