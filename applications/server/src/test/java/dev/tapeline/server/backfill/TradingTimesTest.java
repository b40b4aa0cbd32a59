package dev.tapeline.server.backfill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.server.calendar.CalendarFile;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TradingTimesTest {

  private static final long MINUTE = 60_000;
  private static final long DAY = 86_400_000;
  private static final Instrument SHARE =
      new Instrument.Share(new Reference("TCS", "NSE_EQ", "11536", "TCS", new BigDecimal("0.05")));

  /** Friday, 2026-10-09, and the Monday after it. */
  private static final long FRIDAY = at("2026-10-09T03:45:00Z");

  private static final long MONDAY = at("2026-10-12T03:45:00Z");

  private static long at(String time) {
    return Instant.parse(time).toEpochMilli();
  }

  private static TradingTimes times(Instrument instrument, boolean keepsHours) {
    return TradingTimes.of(CalendarFile.builtIn(), instrument, keepsHours, _ -> false);
  }

  @Test
  void minutesAreThoseOfTheSessions() {
    List<ExpectedBar> bars =
        times(SHARE, true)
            .bars(Frame.MINUTE, new FillSpan(FRIDAY, MONDAY + 2 * MINUTE), Long.MAX_VALUE);
    assertEquals(375 + 2, bars.size());
    assertEquals(new ExpectedBar(FRIDAY, FRIDAY, FRIDAY + MINUTE), bars.getFirst());
    assertEquals(MONDAY + MINUTE, bars.getLast().time());
  }

  @Test
  void whatIsNotOverIsNotMissed() {
    long over = FRIDAY + 5 * MINUTE + 59_999;
    assertEquals(
        5, times(SHARE, true).bars(Frame.MINUTE, new FillSpan(FRIDAY - 1, MONDAY), over).size());
    assertEquals(
        List.of(), times(SHARE, true).bars(Frame.DAY, new FillSpan(FRIDAY, FRIDAY + DAY), over));
  }

  @Test
  void dayHasTheMidnightOfIndiaAndTheOpen() {
    assertEquals(
        List.of(new ExpectedBar(at("2026-10-08T18:30:00Z"), FRIDAY, at("2026-10-09T10:00:00Z"))),
        times(SHARE, true).bars(Frame.DAY, new FillSpan(FRIDAY, MONDAY), Long.MAX_VALUE));
  }

  @Test
  void dateBeyondTheCalendarHasTheUsualHoursOfAWeekday() {
    long wednesday = at("2024-09-11T03:45:00Z");
    long saturday = at("2024-09-14T03:45:00Z");
    TradingTimes times = times(SHARE, true);
    assertEquals(
        375,
        times
            .bars(Frame.MINUTE, new FillSpan(wednesday, wednesday + DAY / 2), Long.MAX_VALUE)
            .size());
    assertEquals(
        List.of(),
        times.bars(Frame.MINUTE, new FillSpan(saturday, saturday + DAY / 2), Long.MAX_VALUE));
  }

  @Test
  void marketThatNeverClosesHasDaysOfUtc() {
    TradingTimes times = times(Instrument.binance("BTCUSDT"), true);
    long day = at("2026-10-10T00:00:00Z");
    FillSpan saturday = new FillSpan(day, day + DAY);
    assertEquals(1_440, times.bars(Frame.MINUTE, saturday, Long.MAX_VALUE).size());
    assertEquals(
        List.of(new ExpectedBar(day, day, day + DAY)),
        times.bars(Frame.DAY, saturday, Long.MAX_VALUE));
    assertTrue(times.hasVendorDays());
    assertFalse(times(SHARE, false).hasVendorDays(), "India's days are not those of UTC");
  }

  @Test
  void pagesReachOverNightsAndWeekends() {
    TradingTimes times = times(SHARE, true);
    long noon = MONDAY + 100 * MINUTE;
    assertEquals(noon - 51 * MINUTE, times.reachBack(Frame.MINUTE, noon, 50, 0));
    long friday = at("2026-10-09T10:00:00Z");
    assertEquals(friday - 51 * MINUTE, times.reachBack(Frame.MINUTE, noon, 150, 0));
    assertEquals(MONDAY, times.reachBack(Frame.MINUTE, noon, 150, MONDAY));
    assertEquals(
        MONDAY + 26 * MINUTE, times.reachAhead(Frame.MINUTE, friday - 25 * MINUTE, 50, noon));
    Frame quarter = Frame.parse("15m");
    assertEquals(friday - 19 * 15 * MINUTE, times.reachBack(quarter, noon, 25, 0));
  }
}
