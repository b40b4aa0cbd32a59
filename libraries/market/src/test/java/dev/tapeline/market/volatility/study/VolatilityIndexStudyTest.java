package dev.tapeline.market.volatility.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.tapeline.market.instrument.Instrument.Right;
import dev.tapeline.market.volatility.ConstantMaturity;
import dev.tapeline.market.volatility.ExpiryPair;
import dev.tapeline.market.volatility.ExpiryVariance;
import dev.tapeline.market.volatility.IndexFigure;
import dev.tapeline.market.volatility.IndexFlag;
import dev.tapeline.market.volatility.IndexMethod;
import dev.tapeline.market.volatility.IndexTerm;
import dev.tapeline.market.volatility.VolatilityReading;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The index of a whole market of options, from their quotes. */
class VolatilityIndexStudyTest {

  private static final LocalDate WEEKLY = LocalDate.of(2026, 12, 15);
  private static final LocalDate DECEMBER = LocalDate.of(2026, 12, 29);
  private static final LocalDate JANUARY = LocalDate.of(2027, 1, 26);
  private static final LocalDate FEBRUARY = LocalDate.of(2027, 2, 23);

  private final IndexMarket market = new IndexMarket("2026-12-10T10:00");

  private static double points(IndexFigure figure) {
    return Objects.requireNonNull(figure.points());
  }

  private static List<LocalDate> expiries(VolatilityReading reading) {
    return reading.terms().stream().map(IndexTerm::expiry).toList();
  }

  @Test
  void oneVolatilityOfAllOptionsIsThatOfBothFigures() {
    for (LocalDate expiry : List.of(WEEKLY, DECEMBER, JANUARY)) {
      market.quoteAll(expiry, 0.14);
      market.quoteFuture(expiry);
    }
    VolatilityReading reading = market.reading();
    assertEquals("NIFTY", reading.underlying());
    assertEquals(IndexMethod.INDIA, reading.method());
    assertEquals(14, points(reading.cm30()), 1e-4);
    assertEquals(14, points(reading.vix()), 0.02); // strikes a hundred apart, and not all there are
    assertEquals(List.of(), reading.cm30().reasons());
    assertEquals(List.of(), reading.vix().reasons());
    assertEquals(List.of(DECEMBER, JANUARY), expiries(reading));
    assertEquals(2, reading.expiries());
    assertEquals(
        reading.terms().stream()
            .mapToInt(term -> ((ExpiryVariance.Found) term.variance()).strikes())
            .sum(),
        reading.strikes());
  }

  @Test
  void threeTradingDaysBeforeItsExpiryAMonthIsLeft() {
    Stream.of(DECEMBER, JANUARY, FEBRUARY).forEach(market.listed::add);
    assertEquals(List.of(DECEMBER, JANUARY), expiries(readingAt("2026-12-23T15:00")));
    assertEquals(List.of(JANUARY, FEBRUARY), expiries(readingAt("2026-12-24T09:20")));
    assertEquals(List.of(JANUARY, FEBRUARY), expiries(readingAt("2026-12-29T15:00")));
  }

  private VolatilityReading readingAt(String local) {
    IndexMarket day = new IndexMarket(local);
    day.listed.addAll(market.listed);
    day.quoteAll(JANUARY, 0.14);
    return day.reading();
  }

  @Test
  void aMonthsExpiryIsTheLastOfThoseThatAreListed() {
    market.listed.addAll(List.of(WEEKLY, DECEMBER, JANUARY));
    market.quoteAll(WEEKLY, 0.14);
    VolatilityReading reading = market.reading();
    assertEquals(List.of(DECEMBER, JANUARY), expiries(reading));
    assertEquals(List.of(ExpiryVariance.Absent.NO_CHAIN), reading.vix().reasons());
    assertNull(reading.vix().points());
    assertEquals(0, reading.strikes());
  }

  @Test
  void oneExpiryIsFlatForOneFigureAndNotEnoughForTheOther() {
    market.quoteAll(DECEMBER, 0.14);
    VolatilityReading reading = market.reading();
    assertEquals(14, points(reading.cm30()), 1e-4);
    assertEquals(List.of(IndexFlag.ONE_EXPIRY), reading.cm30().reasons());
    assertEquals(1, reading.expiries());
    assertEquals(new IndexFigure(null, List.of(ExpiryPair.Absent.NO_NEXT_EXPIRY)), reading.vix());
  }

  @Test
  void aForwardThatIsNotOfTheFutureIsFlagged() {
    market.quoteAll(DECEMBER, 0.14);
    market.quoteAll(JANUARY, 0.14);
    market.quoteFuture(JANUARY);
    VolatilityReading reading = market.reading();
    assertEquals(14, points(reading.vix()), 0.02);
    assertEquals(List.of(IndexFlag.FORWARD_NOT_OF_FUTURE), reading.vix().reasons());
  }

  @Test
  void aFallOfTheTotalVarianceIsFlaggedInBoth() {
    market.quoteAll(DECEMBER, 0.3);
    market.quoteAll(JANUARY, 0.15);
    market.quoteFuture(DECEMBER);
    market.quoteFuture(JANUARY);
    VolatilityReading reading = market.reading();
    assertEquals(List.of(IndexFlag.FALLING_TOTAL_VARIANCE), reading.cm30().reasons());
    assertEquals(List.of(IndexFlag.FALLING_TOTAL_VARIANCE), reading.vix().reasons());
  }

  @Test
  void aStaleChainIsFlagged() {
    market.quoteAll(DECEMBER, 0.14);
    market.quoteAll(JANUARY, 0.14);
    market.quoteFuture(DECEMBER);
    market.quoteFuture(JANUARY);
    market.pass(20_000);
    market.pass(1_000);
    VolatilityReading reading = market.reading();
    assertEquals(List.of(IndexFlag.STALE), reading.cm30().reasons());
    assertEquals(List.of(IndexFlag.STALE), reading.vix().reasons());
  }

  @Test
  void withoutQuotesThereIsAReason() {
    market.quote(IndexMarket.option(DECEMBER, 24_000, Right.CALL), null);
    VolatilityReading reading = market.reading();
    assertEquals(new IndexFigure(null, List.of(ConstantMaturity.Absent.NO_EXPIRY)), reading.cm30());
  }

  @Test
  void theIndexIsToldAtMostOnceASecondAndEndsAtTheNewest() {
    market.quoteAll(DECEMBER, 0.14);
    market.pass(200);
    assertEquals(1, market.readings.size());
    for (int i = 1; i <= 30; i++) {
      market.quoteAll(DECEMBER, 0.14 + i / 1_000.0);
      market.pass(100);
    }
    assertEquals(4, market.readings.size());
    assertEquals(17, points(market.reading().cm30()), 1e-4);
    int told = market.readings.size();
    market.pass(5_000);
    assertEquals(told, market.readings.size());
  }

  @Test
  void anIndexThatNobodyWantsIsNotTold() {
    market.quoteAll(DECEMBER, 0.14);
    market.pass(200);
    market.wanted = false;
    market.quoteAll(DECEMBER, 0.2);
    market.pass(2_000);
    assertEquals(1, market.readings.size());
    market.wanted = true;
    market.quoteAll(JANUARY, 0.18);
    assertEquals(List.of(IndexFlag.ONE_EXPIRY), market.reading().cm30().reasons());
  }

  @Test
  void theSameInputGivesTheSameReadings() {
    assertEquals(day(), day());
  }

  private static List<VolatilityReading> day() {
    IndexMarket market = new IndexMarket("2026-12-10T10:00");
    for (int i = 0; i < 20; i++) {
      market.quoteAll(i % 2 == 0 ? DECEMBER : JANUARY, 0.1 + i / 100.0);
      market.pass(300);
    }
    return market.readings;
  }
}
