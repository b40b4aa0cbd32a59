package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.feed.simulator.SimulatedInstruments;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instruments;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ListingTest {

  private static final LocalDate TUESDAY = LocalDate.of(2026, 12, 1);
  private static final List<Instrument> FIRST = SimulatedInstruments.derivatives(TUESDAY);
  private static final List<Instrument> NEXT =
      SimulatedInstruments.derivatives(TUESDAY.plusDays(1));

  @Test
  void newContractsAreRegisteredAndExpiredOnesStay() {
    Instruments instruments = new Instruments(10_000, "bus");
    Listing listing = new Listing("simulator", instruments);
    listing.onListed(TUESDAY, FIRST);
    assertEquals(Set.copyOf(FIRST), Set.copyOf(instruments.of("simulator")));
    listing.onListed(TUESDAY.plusDays(1), NEXT);
    Set<Instrument> all = new HashSet<>(FIRST);
    all.addAll(NEXT);
    assertEquals(FIRST.size() + 82, all.size());
    assertEquals(all, Set.copyOf(instruments.of("simulator")));
  }

  @Test
  void anotherListingOfTheSameChangesNothing() {
    Instruments instruments = new Instruments(10_000, "bus");
    Listing listing = new Listing("simulator", instruments);
    listing.onListed(TUESDAY, FIRST);
    long revision = instruments.revision("simulator");
    listing.onListed(TUESDAY, FIRST);
    assertEquals(revision, instruments.revision("simulator"));
  }

  @Test
  void whatHasNoRoomIsLeftOut() {
    Instruments instruments = new Instruments(100, "bus");
    new Listing("simulator", instruments).onListed(TUESDAY, FIRST);
    assertEquals(Set.copyOf(FIRST.subList(0, 100)), Set.copyOf(instruments.of("simulator")));
  }
}
