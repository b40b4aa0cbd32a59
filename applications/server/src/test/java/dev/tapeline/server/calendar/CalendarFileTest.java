package dev.tapeline.server.calendar;

import static dev.tapeline.server.calendar.India.CASH;
import static dev.tapeline.server.calendar.India.CASH_FNO;
import static dev.tapeline.server.calendar.India.COMMODITY;
import static dev.tapeline.server.calendar.India.CURRENCY;
import static dev.tapeline.server.calendar.India.DERIVATIVES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.session.DayStatus;
import dev.tapeline.market.session.MarketClass;
import dev.tapeline.market.session.MarketPhase;
import dev.tapeline.market.session.TradingCalendar;
import dev.tapeline.market.session.TradingSession;
import dev.tapeline.market.session.Venue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarFileTest {

  @TempDir Path folder;

  private TradingCalendar read(String text) throws IOException {
    return CalendarFile.overBuiltIn(file(text));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("mine.yaml"), text);
  }

  private static DayStatus status(TradingCalendar calendar, Venue venue, String date) {
    return calendar.status(venue, LocalDate.parse(date));
  }

  @Test
  void theBuiltInCalendarIsReadOnce() {
    assertSame(CalendarFile.builtIn(), CalendarFile.builtIn());
  }

  @Test
  void holidaysAreAddedAndTakenAway() throws IOException {
    TradingCalendar calendar =
        read(
            """
            exchanges:
              NSE:
                holidays:
                  2026-12-11: A day of mourning
                  2026-12-25: none
                  2026-12-14: {name: No settlement, classes: [currency]}
            """);
    assertEquals(DayStatus.CLOSED, status(calendar, CASH, "2026-12-11"));
    assertEquals(DayStatus.CLOSED, status(calendar, India.atBse(CASH), "2026-12-11"));
    assertEquals(DayStatus.TRADING, status(calendar, COMMODITY, "2026-12-11"));
    assertEquals(DayStatus.TRADING, status(calendar, CASH, "2026-12-25"));
    assertEquals(DayStatus.TRADING, status(calendar, CASH, "2026-12-14"));
    assertEquals(DayStatus.CLOSED, status(calendar, CURRENCY, "2026-12-14"));
    assertEquals(DayStatus.CLOSED, status(calendar, CASH, "2026-11-24"));
  }

  @Test
  void specialSessionsAreAddedReplacedAndTakenAway() throws IOException {
    TradingCalendar calendar =
        read(
            """
            exchanges:
              NSE:
                specials:
                  2026-02-01: none
                  2026-12-19: Test of the other site
                  2026-11-08:
                    name: Muhurat trading
                    windows: [{phase: open, session: muhurat, from: 13:45, until: "14:45"}]
            """);
    assertEquals(DayStatus.CLOSED, status(calendar, CASH, "2026-02-01"));
    assertEquals(DayStatus.TRADING, status(calendar, CASH, "2026-12-19"));
    assertEquals(DayStatus.TRADING, status(calendar, CURRENCY, "2026-12-19"));
    LocalDate diwali = LocalDate.of(2026, 11, 8);
    assertEquals(
        List.of(
            new TradingSession(
                diwali,
                "muhurat",
                "Muhurat trading",
                false,
                India.at(diwali, "13:45"),
                India.at(diwali, "14:45"),
                India.at(diwali, "14:45"))),
        calendar.sessions(CASH, diwali));
  }

  @Test
  void theEndMovesAndTheHoursOfAClassAreReplaced() throws IOException {
    TradingCalendar calendar =
        read(
            """
            exchanges:
              NSE:
                valid-until: 2027-12-31
                holidays: {2027-01-26: Republic Day}
                classes:
                  cash:
                    - from: 2026-01-01
                      windows: [{phase: open, from: "09:15", until: "15:30"}]
                    - from: 2027-01-04
                      windows: [{phase: open, from: "09:15", until: "17:00"}]
            """);
    assertEquals(Optional.of(LocalDate.of(2027, 12, 31)), calendar.validUntil("BSE"));
    assertEquals(Optional.of(LocalDate.of(2026, 12, 31)), calendar.validUntil("MCX"));
    assertEquals(DayStatus.CLOSED, status(calendar, CASH, "2027-01-26"));
    assertEquals(
        MarketPhase.OPEN, calendar.phase(CASH, India.at("2027-01-04", "16:59:59")).phase());
    assertEquals(MarketPhase.CLOSED, calendar.phase(CASH, India.at("2026-12-07", "15:55")).phase());
    assertEquals(
        MarketPhase.POST_CLOSE, calendar.phase(CASH_FNO, India.at("2026-12-07", "15:55")).phase());
    assertEquals(
        MarketPhase.OPEN, calendar.phase(DERIVATIVES, India.at("2027-01-04", "15:44")).phase());
  }

  @Test
  void exchangesAreAddedAndMayFollowAnother() throws IOException {
    TradingCalendar calendar =
        read(
            """
            exchanges:
              OKX: {round-the-clock: true}
              NCDEX:
                like: MCX
                holidays: {2026-12-11: Only here}
            """);
    Venue ncdex = new Venue("NCDEX", MarketClass.COMMODITY);
    assertTrue(calendar.exchanges().containsAll(List.of("OKX", "NCDEX", "NSE")));
    assertEquals(DayStatus.CLOSED, status(calendar, ncdex, "2026-12-11"));
    assertEquals(DayStatus.CLOSED, status(calendar, ncdex, "2026-12-25"));
    assertEquals(DayStatus.TRADING, status(calendar, COMMODITY, "2026-12-11"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "exchanges: {NSE: {holiday: {}}} | line 1 (exchanges.NSE.holiday): 'holiday' is not known; allowed are classes,",
        "exchanges: {NSE: {holidays: {2026-13-01: X}}} | '2026-13-01' is no date; write it as 2026-12-25",
        "exchanges: {NSE: {holidays: {2026-12-24: }}} | empty: leave it out, or write 'none'",
        "exchanges: {NSE: {holidays: {2026-12-24: {classes: [cash]}}}} | the day has no name",
        "exchanges: {NSE: {holidays: {2026-12-24: {name: X, classes: [shares]}}}} | 'shares' is none of cash-fno, cash,",
        "exchanges: {NSE: {valid-until: soon}} | (exchanges.NSE.valid-until): 'soon' is no date",
        "exchanges: {NSE: {zone: Mumbai}} | 'Mumbai' is no time zone; write it as Asia/Kolkata",
        "exchanges: {NSE: {weekend: [friyay]}} | 'friyay' is none of monday,",
        "exchanges: {NSE: {valid-until: 2025-12-31}} | NSE is valid from 2026-01-01 until 2025-12-31",
        "exchanges: {NSE: {classes: {cash: []}}} | CASH needs a list of timetables",
        "exchanges: {NSE: {classes: {cash: [{windows: []}]}}} | a timetable has no date: write 'from:'",
        "exchanges: {NSE: {classes: {always: [{from: 2026-01-01, windows: [{phase: open, from: \"00:00\", until: \"24:00\"}]}]}}} | never closes",
        "exchanges: {NSE: {specials: {2026-12-24: {name: X, windows: [{phase: open, from: \"10:00\"}]}}}} | a window needs phase, from and until",
        "exchanges: {NSE: {specials: {2026-12-24: {name: X, windows: [{phase: open, from: \"10:00\", until: \"9:00\"}]}}}} | '9:00'; write it as 09:15",
        "exchanges: {NSE: {specials: {2026-12-24: {name: X, windows: [{phase: open, from: \"10:00\", until: \"09:00\"}]}}}} | ends before it begins",
        "exchanges: {NSE: {expiry: {settlement: \"08:00\"}}} | 'expiry' is for exchanges that are open round the clock",
        "exchanges: {NSE: } | NSE is empty: leave it out",
        "exchanges: {'N S': {round-the-clock: true}} | 'N S' is no name of an exchange",
        "exchanges: {X: {}} | X has no hours: write 'classes:', or 'round-the-clock: true'",
        "exchanges: {X: {like: BSE}} | X is like 'BSE', which is no exchange of its own; write one of BINANCE, DERIBIT, MCX, NSE",
        "exchanges: {X: {classes: {cash: [{from: 2026-01-01, windows: [{phase: open, from: \"09:00\", until: \"10:00\"}]}]}}} | X has no 'zone': add it",
        "exchanges: {} | there have to be 1 to 100 exchanges",
        "exchanges: 5 | the value has the wrong form; see docs/calendar.md",
        "exchanges: {NSE: {valid-until: 2026-12-31, valid-until: 2026-12-30}} | the same key a second time",
        "exchanges: {NSE: {like: \"NSE}} | not valid YAML"
      })
  void anErrorNamesTheFileAndTheRemedy(String text, String reason) throws IOException {
    Path file = file(text);
    String message =
        String.valueOf(
            assertThrows(CalendarException.class, () -> CalendarFile.overBuiltIn(file))
                .getMessage());
    assertTrue(message.startsWith(file.toString()), message);
    assertTrue(message.contains(reason), message);
    assertFalse(message.contains("\n") || message.contains("dev.tapeline"), message);
  }

  @Test
  void anErrorNamesTheLine() throws IOException {
    Path file = file("exchanges:\n  NSE:\n    holidays:\n      2026-12-11: X\n      Friday: Y\n");
    String message =
        String.valueOf(
            assertThrows(CalendarException.class, () -> CalendarFile.overBuiltIn(file))
                .getMessage());
    assertTrue(message.contains(" line 5 (exchanges.NSE.holidays"), message);
    Path misspelt = file("exchanges:\n  NSE:\n    holidays: {}\n    valid-untill: 2027-12-31\n");
    message =
        String.valueOf(
            assertThrows(CalendarException.class, () -> CalendarFile.overBuiltIn(misspelt))
                .getMessage());
    assertTrue(message.contains(" line 4 (exchanges.NSE.valid-untill)"), message);
  }

  @Test
  void theExampleOfTheDocumentationIsRead() throws IOException {
    String page =
        Files.readString(Path.of(System.getProperty("tapeline.root"), "docs", "calendar.md"));
    int begin = page.indexOf("```yaml\n") + "```yaml\n".length();
    TradingCalendar calendar = read(page.substring(begin, page.indexOf("```", begin)));
    assertEquals(DayStatus.CLOSED, status(calendar, CASH, "2027-01-26"));
    assertEquals(DayStatus.TRADING, status(calendar, CASH, "2026-12-19"));
    assertTrue(calendar.exchanges().contains("OKX"));
  }

  @Test
  void whatIsNoFileOrTooLongIsRefused() throws IOException {
    assertThrows(
        CalendarException.class, () -> CalendarFile.overBuiltIn(folder.resolve("none.yaml")));
    assertThrows(CalendarException.class, () -> read(""));
    Path large = file("#".repeat((1 << 20) + 1));
    String message =
        String.valueOf(
            assertThrows(CalendarException.class, () -> CalendarFile.overBuiltIn(large))
                .getMessage());
    assertTrue(message.contains("longer than"), message);
  }
}
