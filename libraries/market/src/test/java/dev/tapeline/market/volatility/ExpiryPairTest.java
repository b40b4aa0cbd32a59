package dev.tapeline.market.volatility;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.market.volatility.ExpiryPair.Absent;
import dev.tapeline.market.volatility.ExpiryPair.Found;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which expiries an index is made of, day by day. */
class ExpiryPairTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 12, 1);

  private static ExpiryPair around(double... days) {
    return ExpiryPair.around30Days(
        IntStream.range(0, days.length)
            .mapToObj(i -> new Maturity(TODAY.plusDays((long) days[i]), days[i] * 1_440))
            .toList());
  }

  private static Found days(int near, int next) {
    return new Found(TODAY.plusDays(near), TODAY.plusDays(next));
  }

  @Test
  void thePairIsTheLastWithin30DaysAndTheFirstBehindThem() {
    assertEquals(days(29, 36), around(1, 8, 22, 29, 36, 43));
    assertEquals(days(30, 37), around(23, 30, 37));
    assertEquals(days(9, 37), around(9, 37));
  }

  @Test
  void anExpiryOfTheLastDayIsNotTaken() {
    assertEquals(Absent.NO_NEAR_EXPIRY, around(0.9, 37));
    assertEquals(days(1, 37), around(1, 37));
  }

  @Test
  void whatIsMissingIsTold() {
    assertEquals(Absent.NO_NEAR_EXPIRY, around());
    assertEquals(Absent.NO_NEAR_EXPIRY, around(31, 38));
    assertEquals(Absent.NO_NEXT_EXPIRY, around(7, 14));
  }

  private static final LocalDate DECEMBER = LocalDate.of(2026, 12, 29);
  private static final LocalDate JANUARY = LocalDate.of(2027, 1, 26);
  private static final LocalDate FEBRUARY = LocalDate.of(2027, 2, 23);

  /** With weekly expiries before and between the monthly ones, in any order. */
  private static final List<LocalDate> LISTED =
      List.of(LocalDate.of(2027, 1, 5), DECEMBER, LocalDate.of(2026, 12, 22), FEBRUARY, JANUARY);

  @Test
  void thePairIsThatOfTheFirstTwoMonths() {
    assertEquals(new Found(DECEMBER, JANUARY), ExpiryPair.ofMonths(LISTED, _ -> false));
  }

  @Test
  void aRolledMonthIsLeft() {
    assertEquals(new Found(JANUARY, FEBRUARY), ExpiryPair.ofMonths(LISTED, DECEMBER::equals));
    assertEquals(
        Absent.NO_NEXT_EXPIRY, ExpiryPair.ofMonths(List.of(DECEMBER, JANUARY), DECEMBER::equals));
    assertEquals(Absent.NO_NEAR_EXPIRY, ExpiryPair.ofMonths(List.of(DECEMBER), DECEMBER::equals));
  }
}
