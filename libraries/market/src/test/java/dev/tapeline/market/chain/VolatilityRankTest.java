package dev.tapeline.market.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VolatilityRankTest {

  /** From 0.10 on, one basis point more each day. */
  private static double[] days(int n) {
    return IntStream.range(0, n).mapToDouble(day -> 0.10 + day / 10_000.0).toArray();
  }

  @Test
  void theRankIsAPlaceBetweenLeastAndMost() {
    VolatilityRank rank = VolatilityRank.of(0.105, days(101));
    assertEquals(0.5, rank.rank(), 1e-9);
    assertEquals(50 / 101.0, rank.percentile(), 0.011);
    assertEquals(101, rank.n());
  }

  @Test
  void onlyTheLastYearCounts() {
    VolatilityRank rank = VolatilityRank.of(0.13, days(300));
    assertEquals(252, rank.n());
    assertEquals((0.13 - 0.1048) / (0.1299 - 0.1048), rank.rank(), 1e-9);
    assertEquals(1, rank.percentile());
  }

  @Test
  void tooFewDaysSayNothing() {
    VolatilityRank rank = VolatilityRank.of(0.105, days(59));
    assertTrue(Double.isNaN(rank.rank()) && Double.isNaN(rank.percentile()));
    assertEquals(59, rank.n());
    assertEquals(NoFigure.SHORT_HISTORY, rank.why());
    assertEquals(NoFigure.NO_HISTORY, VolatilityRank.of(0.105).why());
    assertEquals(NoFigure.NO_DIVISOR, VolatilityRank.of(0.105, new double[60]).why());
    assertEquals(NoFigure.NO_VOLATILITY, VolatilityRank.of(Double.NaN, days(60)).why());
  }
}
