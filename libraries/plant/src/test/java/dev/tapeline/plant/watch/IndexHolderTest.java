package dev.tapeline.plant.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.core.DemandRecorder;
import dev.tapeline.core.Selector;
import dev.tapeline.market.NseHours;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instrument.Right;
import dev.tapeline.market.instrument.Instruments;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.market.session.ExpiryTimes;
import dev.tapeline.market.session.TimeOfDay;
import dev.tapeline.market.session.TradingCalendar;
import dev.tapeline.plant.demand.DemandBook;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which chains and futures are watched for an index, day by day. */
class IndexHolderTest {

  private static final ZoneId INDIA = ZoneId.of("Asia/Kolkata");
  private static final List<Selector> INDEX = List.of(Selector.parse("ivdex:NIFTY"));
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final long THURSDAY = at("2026-12-10T10:00");

  private final DemandBook book = new DemandBook(Duration.ZERO, List.of(), 100);
  private final Instruments instruments = new Instruments(100, "bus-ticks");
  private final IndexHolder holder = new IndexHolder(book, instruments, calendar());
  private final DemandRecorder wanted = new DemandRecorder();

  private static long at(String local) {
    return LocalDateTime.parse(local).atZone(INDIA).toInstant().toEpochMilli();
  }

  private static TradingCalendar calendar() {
    return NseHours.until(
        LocalDate.of(2027, 3, 31), new ExpiryTimes(TimeOfDay.parse("15:30"), null, null));
  }

  private void list(String... expiries) {
    for (String expiry : expiries) {
      Reference reference = reference("NIFTY-" + expiry + "-CE");
      instruments.add(
          "dhan",
          new Instrument.Option(
              reference,
              "NIFTY",
              LocalDate.parse(expiry),
              BigDecimal.TEN,
              Right.CALL,
              BigDecimal.ONE));
    }
  }

  private static Reference reference(String symbol) {
    return new Reference(symbol, "NSE_FNO", symbol, symbol, BigDecimal.ZERO);
  }

  private List<String> lookAt(long now) {
    holder.look(now);
    book.onTime(now * 1_000_000);
    return wanted.wanted().stream().filter(it -> !it.startsWith("ivdex:")).sorted().toList();
  }

  private static List<String> chains(String... expiries) {
    return Stream.of(expiries).map(expiry -> "tapeline:chain:NIFTY:" + expiry).toList();
  }

  private void want() {
    book.listen(holder);
    book.listen(wanted);
    book.onWanted(INDEX);
  }

  @Test
  void theMonthsOfTheIndexAndTheExpiriesAround30DaysAreWatched() {
    list("2026-12-15", "2026-12-22", "2026-12-29", "2027-01-05", "2027-01-12", "2027-01-26");
    want();
    assertEquals(chains("2026-12-29", "2027-01-05", "2027-01-12", "2027-01-26"), lookAt(THURSDAY));
  }

  @Test
  void whatIsWatchedChangesWithTheDays() {
    list("2026-12-29", "2027-01-26", "2027-02-23");
    want();
    assertEquals(chains("2026-12-29", "2027-01-26"), lookAt(THURSDAY));
    assertEquals(chains("2026-12-29", "2027-01-26"), lookAt(at("2026-12-23T10:00")));
    assertEquals(chains("2026-12-29", "2027-01-26", "2027-02-23"), lookAt(at("2026-12-24T10:00")));
    assertEquals(chains("2027-01-26", "2027-02-23"), lookAt(at("2026-12-29T16:00")));
  }

  @Test
  void theFuturesOfTheExpiriesAreWatchedToo() {
    list("2026-12-29", "2027-01-26");
    instruments.add(
        "dhan",
        new Instrument.Future(
            reference("NIFTY-DEC26-FUT"), "NIFTY", LocalDate.of(2026, 12, 29), BigDecimal.ONE));
    want();
    assertEquals(
        Stream.concat(
                Stream.of("market:tick:NIFTY-DEC26-FUT"),
                chains("2026-12-29", "2027-01-26").stream())
            .toList(),
        lookAt(THURSDAY));
  }

  @Test
  void aListThatComesLateIsFound() {
    want();
    assertEquals(List.of(), lookAt(THURSDAY));
    list("2026-12-29");
    assertEquals(List.of(), lookAt(THURSDAY + 9_999));
    assertEquals(chains("2026-12-29"), lookAt(THURSDAY + 10_000));
  }

  @Test
  void anIndexThatNobodyWantsAnyMoreNeedsNothing() {
    list("2026-12-29");
    want();
    assertEquals(chains("2026-12-29"), lookAt(THURSDAY));
    book.onReleased(INDEX);
    book.onTime(THURSDAY * 1_000_000);
    book.onTime((THURSDAY + 1) * 1_000_000);
    assertEquals(List.of(), lookAt(THURSDAY + DAY));
  }

  @Test
  void aPatternWantsNothingByItself() {
    list("2026-12-29");
    book.listen(holder);
    book.listen(wanted);
    book.onWanted(List.of(Selector.parse("ivdex:*")));
    assertEquals(List.of(), lookAt(THURSDAY));
  }
}
