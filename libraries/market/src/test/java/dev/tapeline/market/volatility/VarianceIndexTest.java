package dev.tapeline.market.volatility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** The line between two expiries' variances. */
class VarianceIndexTest {

  private static ExpiryVariance.Found expiry(double days, double volatility) {
    double variance = volatility * volatility;
    return new ExpiryVariance.Found(variance, days * 1_440, 100, 100, variance, 0, 10);
  }

  private static VarianceIndex.Found index(
      IndexMethod method, ExpiryVariance.Found near, ExpiryVariance.Found next) {
    return (VarianceIndex.Found) method.index(near, next);
  }

  private static VarianceIndex.Found india(double near, double next) {
    return index(IndexMethod.INDIA, expiry(near, 0.2), expiry(next, 0.2));
  }

  @Test
  void oneVolatilityOfAllExpiriesIsThatOf30Days() {
    assertEquals(20, india(24, 31).points(), 1e-12);
    assertEquals(20, india(30, 37).points(), 1e-12);
    assertEquals(20, india(34, 62).points(), 1e-12);
  }

  @Test
  void aContinuedLineIsFlagged() {
    assertEquals(Set.of(), india(25, 53).flags());
    assertEquals(Set.of(IndexFlag.EXTRAPOLATED), india(34, 62).flags());
    assertEquals(Set.of(IndexFlag.EXTRAPOLATED), india(8, 29).flags());
  }

  @Test
  void expiriesThatAreNotCboesAreFlagged() {
    assertEquals(Set.of(), index(IndexMethod.CBOE, expiry(24, 0.2), expiry(31, 0.2)).flags());
    assertEquals(
        Set.of(IndexFlag.OUTSIDE_23_TO_37_DAYS),
        index(IndexMethod.CBOE, expiry(23, 0.2), expiry(31, 0.2)).flags());
    assertEquals(
        Set.of(IndexFlag.OUTSIDE_23_TO_37_DAYS),
        index(IndexMethod.CBOE, expiry(24, 0.2), expiry(38, 0.2)).flags());
  }

  @Test
  void aFallOfTheTotalVarianceIsFlagged() {
    double even = 0.2 * Math.sqrt(24 / 31.0);
    assertEquals(
        Set.of(), index(IndexMethod.CBOE, expiry(24, 0.2), expiry(31, even * 0.996)).flags());
    assertEquals(
        Set.of(IndexFlag.FALLING_TOTAL_VARIANCE),
        index(IndexMethod.CBOE, expiry(24, 0.2), expiry(31, even * 0.99)).flags());
  }

  @Test
  void aLineThatEndsBefore30DaysGivesNone() {
    assertEquals(
        VarianceIndex.Absent.NOTHING_AT_30_DAYS,
        IndexMethod.INDIA.index(expiry(10, 0.4), expiry(20, 0.2)));
  }

  @Test
  void theNextExpiryIsBehindTheNearOne() {
    assertThrows(IllegalArgumentException.class, () -> india(31, 24));
    assertThrows(IllegalArgumentException.class, () -> india(30, 30));
  }
}
