package dev.tapeline.market.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class TimetableTest {

  private static final LocalDate DATE = LocalDate.of(2026, 1, 1);
  private static final PhaseWindow OPEN = PhaseWindow.of(MarketPhase.OPEN, "09:15", "15:30");

  private static void assertRefused(String reason, Executable maker) {
    String message =
        String.valueOf(assertThrows(IllegalArgumentException.class, maker).getMessage());
    assertTrue(message.contains(reason), message);
  }

  private static Timetable of(PhaseWindow... windows) {
    return new Timetable(DATE, List.of(windows), ExpiryTimes.AS_OTHER_DAYS);
  }

  @Test
  void windowsAreInOrderAndOpenAtLeastOnce() {
    PhaseWindow early = PhaseWindow.of(MarketPhase.PRE_OPEN, "09:00", "09:16");
    PhaseWindow late = PhaseWindow.of(MarketPhase.POST_CLOSE, "15:30", "16:00");
    assertRefused("09:15 begins before the one from 09:00 ends", () -> of(early, OPEN));
    assertRefused("put them in order", () -> of(late, OPEN));
    assertRefused("no window is one of continuous trading", () -> of(early));
    assertRefused("no window is one of continuous trading", TimetableTest::of);
    assertEquals(List.of(OPEN, late), of(OPEN, late).windows());
  }

  @Test
  void aWindowHasAPhaseALengthAndARandomEndWithinIt() {
    assertRefused("never CLOSED", () -> PhaseWindow.of(MarketPhase.CLOSED, "09:00", "10:00"));
    assertRefused("never UNKNOWN", () -> PhaseWindow.of(MarketPhase.UNKNOWN, "09:00", "10:00"));
    assertRefused("ends before", () -> PhaseWindow.of(MarketPhase.OPEN, "10:00", "10:00"));
    for (String end : List.of("09:15", "15:30", "23:00")) {
      assertRefused(
          "can't end from " + end,
          () ->
              new PhaseWindow(
                  MarketPhase.OPEN,
                  null,
                  "regular",
                  OPEN.from(),
                  OPEN.until(),
                  TimeOfDay.parse(end)));
    }
    assertRefused(
        "no name",
        () -> new PhaseWindow(MarketPhase.OPEN, null, " ", OPEN.from(), OPEN.until(), null));
  }

  private static ExchangeRules rules(LocalDate last, Map<MarketClass, List<Timetable>> timetables) {
    return new ExchangeRules.Scheduled(
        "X", ZoneOffset.UTC, DATE, last, Set.of(), Map.of(), Map.of(), timetables);
  }

  @Test
  void rulesCoverSomeYearsAndHaveATimetableForEachClass() {
    Map<MarketClass, List<Timetable>> cash = Map.of(MarketClass.CASH, List.of(of(OPEN)));
    assertRefused("in this order", () -> rules(DATE.minusDays(1), cash));
    assertRefused("at most 10 years", () -> rules(DATE.plusYears(10).plusDays(1), cash));
    assertRefused("no timetable", () -> rules(DATE, Map.of(MarketClass.CASH, List.of())));
    assertRefused("never closes", () -> rules(DATE, Map.of(MarketClass.ALWAYS, List.of(of(OPEN)))));
    assertEquals("X", rules(DATE, cash).exchange());
  }

  @Test
  void wordsAreThoseOfFilesAndAnswers() {
    for (MarketPhase phase : MarketPhase.values()) {
      assertEquals(phase, CalendarWords.parse(MarketPhase.class, CalendarWords.word(phase)));
    }
    assertEquals("closing-auction", CalendarWords.word(MarketPhase.CLOSING_AUCTION));
    assertRefused(
        "'shut' is none of pre-open, cancel-only,",
        () -> CalendarWords.parse(MarketPhase.class, "shut"));
  }
}
