package dev.tapeline.market.chain.study;

import static dev.tapeline.market.chain.study.NiftyChain.FUTURE;
import static dev.tapeline.market.chain.study.NiftyChain.call;
import static dev.tapeline.market.chain.study.NiftyChain.put;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.chain.Forward;
import dev.tapeline.market.chain.NoFigure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where the forward of a chain comes from. */
class ForwardTest {

  private final NiftyChain nifty = NiftyChain.standard();

  /** Quotes a pair so that it says this forward, but for the interest. */
  private void pair(int strike, double forward) {
    double call = 400 + (forward - strike) / 2;
    double put = 400 - (forward - strike) / 2;
    nifty.quote(call(String.valueOf(strike)), text(call - 1), text(call + 1));
    nifty.quote(put(String.valueOf(strike)), text(put - 1), text(put + 1));
  }

  private static String text(double value) {
    return String.valueOf(value);
  }

  private Forward forward() {
    return nifty.chain().forward();
  }

  @Test
  void oneBadPairDoesNotMoveTheMedian() {
    Map.of(24200, 24321.0, 24250, 24321.5, 24300, 24322.0, 24350, 24500.0, 24400, 24321.5)
        .forEach((strike, value) -> pair(strike, value));
    Forward forward = forward();
    assertEquals(Forward.Source.PARITY, forward.source());
    assertEquals(5, forward.n());
    assertEquals(24321.5, forward.value(), 0.1); // interest on the difference of a pair
  }

  @Test
  void onlyTheSevenPairsNearestToTheMoneyCount() {
    for (int strike = 24000; strike <= 24700; strike += 50) {
      pair(strike, Math.abs(strike - 24350) <= 150 ? 24350 : 25000);
    }
    Forward forward = forward();
    assertEquals(7, forward.n());
    assertEquals(24350, forward.value(), 0.1);
  }

  @Test
  void aWideQuoteMakesNoPair() {
    pair(24300, 24321.5);
    nifty.quote(call("24300"), "300", "500");
    assertEquals(Forward.Source.NONE, forward().source());
  }

  @Test
  void aLastPriceMakesNoPair() {
    nifty.trade(call("24300"), "160");
    nifty.trade(put("24300"), "140");
    assertEquals(NoFigure.NO_SPOT, forward().why());
  }

  @Test
  void withoutPairsTheFutureCounts() {
    nifty.quote(FUTURE, "24340", "24342");
    nifty.index("24300");
    nifty.price(call("24300"), "160");
    assertEquals(new Forward(24341, Forward.Source.FUTURE, 0, null), forward());
  }

  @Test
  void withoutAFutureTheSpotCountsWithInterest() {
    nifty.index("24300");
    nifty.price(call("24300"), "160");
    Forward forward = forward();
    assertEquals(Forward.Source.SPOT, forward.source());
    double growth = Math.exp(0.065 * nifty.chain().left().years());
    assertEquals(24300 * growth, forward.value(), 1e-6);
  }

  @Test
  void aFrozenIndexIsNoForward() {
    nifty.index("24300");
    for (int i = 0; i < 61; i++) {
      nifty.pass(1_000);
      nifty.index("24300"); // it is sent, and does not move
    }
    nifty.price(call("24300"), "160");
    Forward forward = forward();
    assertEquals(NoFigure.FROZEN_SPOT, forward.why());
    assertTrue(Double.isNaN(forward.value()));
    List<String> reasons =
        List.of(
            nifty.strike("24300").volatility().why().text(),
            nifty.chain().figures().atTheMoney().volatility().why().text());
    assertEquals(List.of("spot is frozen", "no forward"), reasons);
  }

  @Test
  void parityStandsWhileTheIndexIsFrozen() {
    nifty.index("24300");
    pair(24300, 24321.5);
    nifty.pass(120_000);
    pair(24300, 24331.5);
    assertEquals(24331.5, forward().value(), 0.1);
  }
}
