package dev.tapeline.market.volatility;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.market.volatility.ExpiryVariance.Absent;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two expiries that were worked through apart, and each of the rules of India VIX. */
class IndiaVarianceTest {

  private static Strikes near() {
    return new Strikes()
        .put(23_800, 21.35, 22.05)
        .put(24_000, 40.10, 40.90)
        .put(24_200, 71.60, 99.40)
        .put(24_400, 124.55, 126.05)
        .put(24_500, 160.25, 161.75)
        .call(24_500, 219.30, 221.20)
        .call(24_600, 166.10, 167.60)
        .call(24_800, 88.45, 89.55)
        .call(25_000, 41.20, 58.80)
        .call(25_200, 17.55, 18.15)
        .call(25_400, 7.10, 9.90);
  }

  private static Strikes next() {
    return new Strikes()
        .put(23_600, 78.20, 80.10)
        .put(24_000, 151.35, 153.85)
        .put(24_400, 272.40, 275.80)
        .put(24_600, 356.95, 361.05)
        .call(24_600, 443.60, 448.20)
        .call(24_800, 337.10, 341.00)
        .call(25_200, 180.30, 183.50)
        .call(25_600, 84.15, 86.15)
        .call(26_000, 34.60, 36.40);
  }

  private static ExpiryVariance variance(Strikes strikes) {
    return IndexMethod.INDIA.variance(strikes.expiry(20_515, 0.0675, 24_562.35));
  }

  private static int count(Strikes strikes) {
    return ((ExpiryVariance.Found) variance(strikes)).strikes();
  }

  @Test
  void theWorkedExampleGivesItsIndex() {
    ExpiryVariance.Found near = (ExpiryVariance.Found) variance(near());
    ExpiryVariance.Found next =
        (ExpiryVariance.Found) IndexMethod.INDIA.variance(next().expiry(60_835, 0.0690, 24_688.10));
    assertEquals(24_500, near.base());
    assertEquals(0.010271747819, near.contribution(), 1e-12);
    assertEquals(0.000165929874, near.adjustment(), 1e-12);
    assertEquals(0.010105817945, near.value(), 1e-12);
    assertEquals(24_600, next.base());
    assertEquals(0.013705817568, next.contribution(), 1e-12);
    assertEquals(0.000110811146, next.adjustment(), 1e-12);
    assertEquals(0.013595006422, next.value(), 1e-12);
    VarianceIndex.Found index = (VarianceIndex.Found) IndexMethod.INDIA.index(near, next);
    assertEquals(11.344730758605, index.points(), 1e-9);
    assertEquals(17, index.strikes());
    assertEquals(Set.of(), index.flags());
  }

  @Test
  void aWideQuoteThatIsOutermostIsLeftOut() {
    assertEquals(9, count(near()));
    assertEquals(10, count(near().call(25_400, 8.00, 9.90)));
    assertEquals(9, count(near().put(23_600, 9, 14)));
  }

  @Test
  void anOptionWithOneSideAloneIsAWideQuote() {
    assertEquals(9, count(near().put(24_200, 0, 72).call(25_000, 44, 0)));
    assertEquals(10, count(near().put(24_300, 0, 0)));
    assertEquals(9, count(near().put(23_600, 0, 14)));
  }

  @Test
  void whereThereIsNoneTheReasonIsTold() {
    assertEquals(Absent.NO_TIME, IndexMethod.INDIA.variance(near().expiry(-1, 0, 24_562.35)));
    assertEquals(Absent.NO_FORWARD, IndexMethod.INDIA.variance(near().expiry(1, 0, null)));
    assertEquals(Absent.NO_BASE, IndexMethod.INDIA.variance(near().expiry(1, 0, 20_000.0)));
    assertEquals(Absent.NO_BASE_QUOTE, variance(near().put(24_500, 100, 140)));
    assertEquals(Absent.NO_BASE_QUOTE, variance(near().call(24_500, 0, 0)));
    assertEquals(
        Absent.ONE_SIDED,
        variance(new Strikes().put(24_400, 124, 126).put(24_500, 160, 161).call(24_500, 219, 221)));
  }

  @Test
  void pricesThatContradictTheForwardGiveNone() {
    Strikes cheap = new Strikes().put(90, 1, 1).put(100, 1, 1).call(100, 1, 1).call(300, 1, 1);
    assertEquals(Absent.NOT_POSITIVE, IndexMethod.INDIA.variance(cheap.expiry(43_200, 0, 200.0)));
  }
}
