package dev.tapeline.server.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.Detail;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.server.calendar.CalendarFile;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarHoursTest {

  private static final Instrument RELIANCE = share("RELIANCE", "NSE_EQ");

  private final CalendarHours hours = new CalendarHours(CalendarFile.builtIn());

  @BeforeEach
  void watch() {
    hours.watch(list(Set.of(RELIANCE)));
  }

  private static Watchlist list(Set<Instrument> underlyings) {
    return new Watchlist(Map.of(RELIANCE, Detail.QUOTE), Set.of(), Set.of(), Set.of(), underlyings);
  }

  private static Instrument share(String symbol, String segment) {
    return new Instrument.Share(new Reference(symbol, segment, "1", symbol, BigDecimal.ZERO));
  }

  private static long at(String local) {
    return ZonedDateTime.parse(local + "+05:30[Asia/Kolkata]")
        .withZoneSameInstant(ZoneId.of("Asia/Kolkata"))
        .toInstant()
        .toEpochMilli();
  }

  @ParameterizedTest
  @CsvSource({
    // local, pre-open, before the close; the closing auction begins at 15:15, from December 7 15:30
    "2026-12-04T09:10:00, true, true",
    "2026-12-04T09:15:00, false, true",
    "2026-12-04T15:14:59, false, true",
    "2026-12-04T15:15:00, false, false",
    "2026-12-07T15:29:59, false, true",
    "2026-12-07T15:30:00, false, false",
    "2026-12-04T20:00:00, false, false",
    "2026-12-06T11:00:00, false, false", // Sunday
  })
  void phasesFollowTheCalendar(String local, boolean preOpen, boolean beforeClose) {
    assertEquals(preOpen, hours.isPreOpen(RELIANCE, at(local)));
    assertEquals(beforeClose, hours.isBeforeClose(RELIANCE, at(local)));
  }

  @Test
  void aShareClosesAsTheNewestListSays() {
    long auction = at("2026-12-04T15:20:00");
    assertFalse(hours.isBeforeClose(RELIANCE, auction));
    hours.watch(list(Set.of()));
    assertTrue(hours.isBeforeClose(RELIANCE, auction));
    hours.watch(list(Set.of(RELIANCE)));
    assertFalse(hours.isBeforeClose(RELIANCE, auction));
  }

  @Test
  void commoditiesKeepTheFeedAwakeInTheEveningOnceThereAreSome() {
    assertTrue(hours.isOpen(at("2026-12-04T11:00:00")));
    assertFalse(hours.isOpen(at("2026-12-04T20:00:00")));
    boolean _ = hours.isPreOpen(share("GOLD", "MCX_COMM"), at("2026-12-04T19:00:00"));
    assertTrue(hours.isOpen(at("2026-12-04T20:00:00")));
  }

  @Test
  void whatTheCalendarDoesNotCoverCountsAsOpen() {
    assertTrue(hours.isOpen(Instant.parse("2028-01-09T00:00:00Z").toEpochMilli()));
  }
}
