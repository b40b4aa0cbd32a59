package dev.tapeline.market.volatility;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.market.chain.ExpiryQuotes.BidAsk;
import dev.tapeline.market.volatility.ConstantMaturity.Absent;
import dev.tapeline.market.volatility.ConstantMaturity.Found;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The volatility at the money: of one expiry, and of 30 days. */
class ConstantMaturityTest {

  private static ForwardVolatility.Found expiry(double days, double volatility) {
    return new ForwardVolatility.Found(days / 365, volatility * volatility * days / 365, false);
  }

  private static ConstantMaturity of(ForwardVolatility.Found... expiries) {
    return ConstantMaturity.of(List.of(expiries));
  }

  private static Found found(ForwardVolatility.Found... expiries) {
    return (Found) of(expiries);
  }

  @Test
  void totalVarianceIsInterpolatedInTime() {
    Found found = found(expiry(3, 0.5), expiry(20, 0.1), expiry(40, 0.2), expiry(60, 0.9));
    double total = (0.01 * 20 + 0.04 * 40) / 2;
    assertEquals(Math.sqrt(total / 30), found.volatility(), 1e-15);
    assertEquals(2, found.expiries());
    assertEquals(Set.of(), found.flags());
  }

  @Test
  void anExpiryOf30DaysIsTakenAsItIs() {
    Found exact = found(expiry(20, 0.1), expiry(30, 0.2), expiry(40, 0.3));
    assertEquals(0.2, exact.volatility(), 1e-15);
    assertEquals(Set.of(), exact.flags());
  }

  @Test
  void oneExpiryOnlyIsFlagged() {
    assertEquals(new Found(0.2, 1, Set.of(IndexFlag.ONE_EXPIRY)), rounded(found(expiry(9, 0.2))));
  }

  @Test
  void expiriesOnOneSideOf30DaysAreFlagged() {
    assertEquals(
        new Found(0.2, 1, Set.of(IndexFlag.ALL_SOONER)),
        rounded(found(expiry(3, 0.1), expiry(29, 0.2))));
    assertEquals(
        new Found(0.1, 1, Set.of(IndexFlag.ALL_LATER)),
        rounded(found(expiry(31, 0.1), expiry(60, 0.2))));
  }

  private static Found rounded(Found found) {
    double volatility = Math.rint(found.volatility() * 1e12) / 1e12;
    return new Found(volatility, found.expiries(), found.flags());
  }

  @Test
  void aFallOfTheTotalVarianceIsFlagged() {
    assertEquals(
        Set.of(IndexFlag.FALLING_TOTAL_VARIANCE), found(expiry(20, 0.3), expiry(40, 0.21)).flags());
    assertEquals(Set.of(), found(expiry(20, 0.3), expiry(40, 0.2115)).flags());
  }

  @Test
  void anExpiryWithinADayDoesNotCount() {
    assertEquals(Absent.NO_EXPIRY, of(expiry(0.99, 0.5)));
    assertEquals(Absent.NO_EXPIRY, of());
    assertEquals(
        new Found(0.2, 1, Set.of(IndexFlag.ONE_EXPIRY)),
        rounded(found(expiry(0.5, 0.9), expiry(20, 0.2))));
  }

  @Property
  void oneVolatilityOfAllExpiriesIsThatOf30Days(
      @ForAll @DoubleRange(min = 1, max = 29) double near,
      @ForAll @DoubleRange(min = 31, max = 400) double next,
      @ForAll @DoubleRange(min = 0.01, max = 3) double volatility) {
    Found found = found(expiry(near, volatility), expiry(next, volatility));
    assertEquals(volatility, found.volatility(), 1e-13 * volatility);
  }

  private static final double MINUTES = 20 * 1_440;
  private static final double YEARS = MINUTES / 525_600;

  private static ForwardVolatility at(Strikes strikes) {
    return ForwardVolatility.of(strikes.expiry(MINUTES, 0, 100.0));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.08, 0.3, 1.2})
  void atTheForwardTheTotalVarianceOfTheTwoStrikesAroundItIsInterpolated(double volatility) {
    ForwardVolatility.Found found =
        (ForwardVolatility.Found)
            at(
                new Strikes()
                    .priced(90, 3, YEARS)
                    .priced(98, volatility, YEARS)
                    .priced(103, volatility * 1.1, YEARS)
                    .priced(110, 3, YEARS));
    double below = volatility * volatility * YEARS;
    double above = below * 1.1 * 1.1;
    double share = Math.log(100 / 98.0) / Math.log(103 / 98.0);
    assertEquals(below + (above - below) * share, found.total(), 1e-12 * above);
    assertEquals(Math.sqrt(found.total() / YEARS), found.volatility());
  }

  @Test
  void aStrikeAtTheForwardIsEnough() {
    ForwardVolatility.Found found =
        (ForwardVolatility.Found) at(new Strikes().priced(100, 0.2, YEARS));
    assertEquals(0.2, found.volatility(), 1e-12);
  }

  @Test
  void aStrikeWithoutANarrowQuoteIsPassedOver() {
    Stream.of(new BidAsk(1, 1.5), new BidAsk(0, 1), BidAsk.NONE)
        .forEach(quote -> {
          ForwardVolatility.Found found =
              (ForwardVolatility.Found)
                  at(
                      new Strikes()
                          .priced(97, 0.2, YEARS)
                          .put(99, quote.bid(), quote.ask())
                          .priced(102, 0.2, YEARS));
          assertEquals(0.2, found.volatility(), 1e-12);
        });
  }

  @Test
  void whereThereIsNoneTheReasonIsTold() {
    Strikes strikes = new Strikes().priced(98, 0.2, YEARS).priced(102, 0.2, YEARS);
    assertEquals(
        ForwardVolatility.Absent.NO_TIME, ForwardVolatility.of(strikes.expiry(0, 0, 100.0)));
    assertEquals(
        ForwardVolatility.Absent.NO_FORWARD, ForwardVolatility.of(strikes.expiry(1, 0, null)));
    assertEquals(
        ForwardVolatility.Absent.NO_FORWARD, ForwardVolatility.of(strikes.expiry(1, 0, 0.0)));
    ForwardVolatility.Absent far = ForwardVolatility.Absent.NO_STRIKE_NEAR_FORWARD;
    assertEquals(far, at(new Strikes().priced(98, 0.2, YEARS)));
    assertEquals(far, at(new Strikes().priced(98, 0.2, YEARS).priced(111, 0.2, YEARS)));
    assertEquals(far, at(new Strikes()));
  }
}
