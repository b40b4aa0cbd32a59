package dev.tapeline.feed.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.simulator.SessionPlan.Phase;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SessionPlanTest {

  private static final SessionPlan PLAN = new SessionPlan(25_000, 1000, 500, 2000);

  @Test
  void aDayHasItsPhasesInTurn() {
    List<String> changes = new ArrayList<>();
    Phase last = null;
    for (long t = 0; t < 60_000; t += 50) {
      Phase phase = PLAN.phase(t);
      if (phase != last) {
        changes.add("%d %s %d".formatted(t, phase, PLAN.session(t)));
        last = phase;
      }
    }
    assertEquals(
        List.of(
            "0 OPEN 0",
            "25000 AFTER 0",
            "26000 CLOSED 0",
            "26500 PRE_OPEN 1",
            "28500 OPEN 1",
            "53500 AFTER 1",
            "54500 CLOSED 1",
            "55000 PRE_OPEN 2",
            "57000 OPEN 2"),
        changes);
  }

  @Test
  void eachPhaseTakesItsOwnHours() {
    assertEquals(LocalTime.of(9, 15), timeAt(0));
    assertEquals(LocalTime.of(12, 22, 30), timeAt(12_500));
    assertEquals(LocalTime.of(15, 30), timeAt(25_000));
    assertEquals(LocalTime.of(15, 37, 30), timeAt(25_500));
    assertEquals(LocalTime.of(15, 45), timeAt(26_000));
    assertEquals(LocalTime.of(15, 45), timeAt(26_450));
    assertEquals(LocalTime.of(9, 0), timeAt(26_500));
    assertEquals(LocalTime.of(9, 7, 30), timeAt(27_500));
    assertEquals(LocalTime.of(9, 15), timeAt(28_500));
  }

  private static LocalTime timeAt(long sinceStart) {
    return new TradingTime(LocalDate.EPOCH, PLAN.secondOfDay(sinceStart)).timeOfDay();
  }

  @Test
  void theCompressedDayIsToScale() {
    assertEquals(
        new SessionPlan(1_200_000, 48_000, 10_000, 48_000),
        SessionPlan.compressed(Duration.ofMinutes(20)));
  }

  @Property
  void timeOfDayNeverGoesBackWithinASession(
      @ForAll @LongRange(max = 200_000) long from, @ForAll @LongRange(max = 3000) long more) {
    if (PLAN.session(from) == PLAN.session(from + more)) {
      assertTrue(PLAN.secondOfDay(from) <= PLAN.secondOfDay(from + more));
    } else {
      assertEquals(PLAN.session(from) + 1, PLAN.session(from + more));
    }
  }

  @Test
  void tradingDaysLeaveOutWeekends() {
    LocalDate thursday = LocalDate.of(2026, 12, 3);
    assertEquals(
        List.of(
            thursday,
            LocalDate.of(2026, 12, 4),
            LocalDate.of(2026, 12, 7),
            LocalDate.of(2026, 12, 8),
            LocalDate.of(2026, 12, 9),
            LocalDate.of(2026, 12, 10),
            LocalDate.of(2026, 12, 11),
            LocalDate.of(2026, 12, 14)),
        List.of(0, 1, 2, 3, 4, 5, 6, 7).stream()
            .map(days -> TradingTime.after(thursday, days))
            .toList());
    assertEquals(LocalDate.of(2026, 12, 7), TradingTime.tradingDay(LocalDate.of(2026, 12, 5)));
    assertEquals(LocalDate.of(2026, 12, 7), TradingTime.tradingDay(LocalDate.of(2026, 12, 6)));
    assertEquals(thursday, TradingTime.tradingDay(thursday));
  }

  /** A Monday's night in UTC is a Tuesday in India; from the expiry on the next day counts. */
  @Test
  void theDateIsThatOfTheExchange() {
    assertEquals(LocalDate.of(2026, 12, 1), tradingDate("2026-11-30T18:30:00Z"));
    assertEquals(LocalDate.of(2026, 12, 1), tradingDate("2026-11-30T10:00:00Z"));
    assertEquals(LocalDate.of(2026, 11, 30), tradingDate("2026-11-30T09:59:59Z"));
    assertEquals(LocalDate.of(2026, 12, 7), tradingDate("2026-12-04T10:00:00Z"));
  }

  private static LocalDate tradingDate(String time) {
    return SimulatedInstruments.tradingDate(Instant.parse(time).toEpochMilli());
  }

  @Test
  void refusesNegativeTimes() {
    assertThrows(IllegalArgumentException.class, () -> new SessionPlan(999, 0));
    assertThrows(IllegalArgumentException.class, () -> new SessionPlan(1000, -1));
    assertThrows(IllegalArgumentException.class, () -> new SessionPlan(1000, -1, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new SessionPlan(1000, 0, 0, -1));
  }
}
