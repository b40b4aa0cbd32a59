package dev.tapeline.server.calendar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.session.MarketPhase;
import dev.tapeline.market.session.PhaseSpan;
import dev.tapeline.market.session.TradingCalendar;
import dev.tapeline.market.session.TradingSession;
import dev.tapeline.market.session.UnderlyingKind;
import dev.tapeline.market.session.Venue;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The laws of calendars, for the built-in one. */
class BuiltInLawTest {

  private final TradingCalendar calendar = CalendarFile.builtIn();

  @Provide
  Arbitrary<Venue> venues() {
    List<Venue> venues =
        Stream.of("NSE", "BSE", "MCX").flatMap(name -> calendar.venues(name).stream()).toList();
    return Arbitraries.of(venues);
  }

  @Property(tries = 500)
  void phasesOfADayTileIt(
      @ForAll("venues") Venue venue, @ForAll @IntRange(max = 364) int dayOfYear) {
    LocalDate date = LocalDate.of(2026, 1, 1).plusDays(dayOfYear);
    Instant instant = India.at(date, "00:00");
    Instant end = India.at(date.plusDays(1), "00:00");
    PhaseSpan phase = calendar.phase(venue, instant);
    while (phase.until() != null && phase.until().isBefore(end)) {
      PhaseSpan next = calendar.nextPhase(venue, instant).orElseThrow();
      assertEquals(phase.until(), next.since());
      assertFalse(next.phase() == MarketPhase.UNKNOWN);
      instant = phase.until();
      phase = next;
    }
    assertTrue(phase.contains(end.minusNanos(1)));
  }

  @Property(tries = 500)
  void theLastTradeIsWithinTheSessionsOfItsDay(
      @ForAll("venues") Venue venue,
      @ForAll UnderlyingKind underlying,
      @ForAll @IntRange(max = 364) int dayOfYear) {
    LocalDate date = LocalDate.of(2026, 1, 1).plusDays(dayOfYear);
    Optional<TradingSession> day = calendar.wholeDay(venue, date);
    Optional<Instant> last = calendar.lastTrade(venue, underlying, date);
    assertEquals(day.isPresent(), last.isPresent());
    day.ifPresent(it -> {
      assertTrue(last.orElseThrow().isAfter(it.open()));
      assertFalse(last.orElseThrow().isAfter(it.close()));
    });
  }
}
