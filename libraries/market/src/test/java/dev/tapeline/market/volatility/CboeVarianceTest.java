package dev.tapeline.market.volatility;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.market.SharedFiles;
import dev.tapeline.market.volatility.ExpiryVariance.Absent;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** CBOE's worked example, and each of its rules. */
class CboeVarianceTest {

  private static final String WHITE_PAPER = "options/cboe_vix_white_paper.csv";

  private static IndexQuotes whitePaper(int days) {
    Strikes strikes = new Strikes();
    SharedFiles.lines(WHITE_PAPER).stream()
        .skip(1)
        .map(line -> line.split(","))
        .filter(row -> Integer.parseInt(row[1]) == days)
        .map(row -> Stream.of(row).skip(2).mapToDouble(Double::parseDouble).toArray())
        .forEach(row -> strikes.call(row[0], row[1], row[2]).put(row[0], row[3], row[4]));
    return strikes.expiry(days * 1_440, 0.0038, null);
  }

  private static ExpiryVariance.Found found(ExpiryVariance variance) {
    return (ExpiryVariance.Found) variance;
  }

  private static Strikes around100() {
    return new Strikes()
        .put(90, 0.9, 1.1)
        .put(95, 1.9, 2.1)
        .put(100, 3.9, 4.1)
        .call(100, 3.9, 4.1)
        .call(105, 1.9, 2.1)
        .call(110, 0.9, 1.1);
  }

  private static ExpiryVariance variance(Strikes strikes) {
    return IndexMethod.CBOE.variance(strikes.expiry(43_200, 0, null));
  }

  private static int count(Strikes strikes) {
    return found(variance(strikes)).strikes();
  }

  @Test
  void theWhitePapersExampleGivesItsIndex() {
    // 9 days there are 12,960 minutes, and 37 days 53,280
    ExpiryVariance.Found near = found(IndexMethod.CBOE.variance(whitePaper(9)));
    ExpiryVariance.Found next = found(IndexMethod.CBOE.variance(whitePaper(37)));
    assertEquals(920.500047, near.forward(), 1e-6);
    assertEquals(920, near.base());
    assertEquals(136, near.strikes());
    assertEquals(0.4727792063, near.contribution(), 1e-10);
    assertEquals(0.0000119811, near.adjustment(), 1e-10);
    assertEquals(0.4727672252, near.value(), 1e-10);
    assertEquals(921.000385, next.forward(), 1e-6);
    assertEquals(920, next.base());
    assertEquals(110, next.strikes());
    assertEquals(0.3668181547, next.value(), 1e-10);
    VarianceIndex.Found index = (VarianceIndex.Found) IndexMethod.CBOE.index(near, next);
    assertEquals(61.2179985794, index.points(), 1e-9);
    assertEquals(246, index.strikes());
    assertEquals(Set.of(IndexFlag.OUTSIDE_23_TO_37_DAYS), index.flags());
  }

  @Test
  void theForwardLiesWhereCallAndPutCostTheSame() {
    ExpiryVariance.Found found =
        found(variance(around100().call(100, 3.4, 3.6).put(105, 7, 7.2).call(95, 6, 6.2)));
    assertEquals(99.5, found.forward(), 1e-12);
    assertEquals(95, found.base());
  }

  @Test
  void anOptionWithoutABidIsLeftOut() {
    assertEquals(5, count(around100()));
    assertEquals(6, count(around100().put(80, 0.1, 0.2)));
    assertEquals(6, count(around100().put(85, 0, 0.2).put(80, 0.1, 0.2)));
  }

  @Test
  void twoWithoutABidSideBySideEndTheRow() {
    Strikes strikes = around100().put(85, 0, 0.2).put(80, 0, 0.2).put(75, 0.1, 0.2);
    assertEquals(5, count(strikes));
    assertEquals(5, count(strikes.call(115, 0, 0.2).call(120, 0, 0.2).call(125, 0.1, 0.2)));
  }

  @Test
  void twoWithoutABidThatAreNotSideBySideDoNotEndTheRow() {
    Strikes strikes =
        around100().put(85, 0, 0.2).put(80, 0.1, 0.2).put(75, 0, 0.2).put(70, 0.05, 0.2);
    assertEquals(7, count(strikes));
  }

  @Test
  void aBidAboveTheAskDoesNotCount() {
    assertEquals(5, count(around100().put(85, 0.5, 0.2)));
  }

  @Test
  void whereThereIsNoneTheReasonIsTold() {
    assertEquals(Absent.NO_TIME, IndexMethod.CBOE.variance(around100().expiry(0, 0.01, null)));
    assertEquals(Absent.NO_FORWARD, variance(new Strikes().put(90, 1, 2).call(95, 1, 2)));
    assertEquals(Absent.NO_BASE, variance(new Strikes().put(90, 9, 10).call(90, 1, 2)));
    assertEquals(
        Absent.NO_BASE_QUOTE,
        variance(new Strikes().put(95, 1, 2).put(100, 2, 3).call(100, 1, 2).call(105, 1, 2)));
    assertEquals(Absent.ONE_SIDED, variance(around100().call(105, 0, 1).call(110, 0, 1)));
  }
}
