package dev.tapeline.market.chain.study;

import static dev.tapeline.market.chain.study.NiftyChain.call;
import static dev.tapeline.market.chain.study.NiftyChain.put;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.chain.BuildUp;
import dev.tapeline.market.chain.ChainConvention;
import dev.tapeline.market.chain.ChainLeg;
import dev.tapeline.market.chain.ChainLimits;
import dev.tapeline.market.chain.ChainStrike;
import dev.tapeline.market.chain.LegChange;
import dev.tapeline.market.chain.LegPrice;
import dev.tapeline.market.chain.NoFigure;
import dev.tapeline.market.chain.OptionChain;
import dev.tapeline.market.chain.TraderGreeks;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instrument.Right;
import dev.tapeline.market.option.Black76;
import dev.tapeline.market.tick.BestPrice;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When chains are told, and what their options say. */
class ChainStudyTest {

  private final NiftyChain nifty = NiftyChain.standard();

  private static ChainLeg callOf(ChainStrike strike) {
    ChainLeg call = strike.call();
    assertNotNull(call);
    return call;
  }

  private static ChainLeg putOf(ChainStrike strike) {
    ChainLeg put = strike.put();
    assertNotNull(put);
    return put;
  }

  private static void assertNear(double expected, double got) {
    assertEquals(expected, got, 1e-9 * Math.abs(expected));
  }

  /** The worked row of the specification: under the parity forward both have one volatility. */
  @Test
  void theForwardOfAPairIsThatOfParity() {
    nifty.price(call("24400"), "152.35");
    nifty.price(put("24400"), "230.75");
    OptionChain chain = nifty.chain();
    assertEquals(24321.5268126643, chain.forward().value(), 1e-9);
    assertEquals("parity", chain.forward().source().text());
    assertEquals(1, chain.forward().n());
    ChainStrike strike = chain.strikes().getFirst();
    assertEquals(callOf(strike).volatility().value(), putOf(strike).volatility().value(), 1e-12);
    assertEquals(Right.CALL, strike.volatilityFrom());
  }

  @Test
  void greeksAreThoseOfBlack76InTradersUnits() {
    nifty.price(call("24400"), "152.35");
    nifty.price(put("24400"), "230.75");
    OptionChain chain = nifty.chain();
    double volatility = chain.strikes().getFirst().volatility().value();
    double forward = chain.forward().value();
    var natural =
        new Black76(Right.CALL, forward, 24400, chain.left().years(), 0.065).greeks(volatility);
    TraderGreeks greeks = callOf(chain.strikes().getFirst()).greeks();
    assertNotNull(greeks);
    assertNear(natural.delta(), greeks.delta());
    assertNear(natural.theta() / 365, greeks.theta());
    assertNear(natural.vega() / 100, greeks.vega());
    assertNear(natural.volga() / 10_000, greeks.volga());
    assertEquals(-17.76, greeks.theta(), 0.02);
    assertEquals(11.474, greeks.vega(), 0.001);
  }

  @Test
  void timeRunsToTheSettlementOfTheContract() {
    nifty.time(NiftyChain.at("2026-12-03T09:45"));
    nifty.price(call("24400"), "152.35");
    OptionChain chain = nifty.chain();
    assertEquals(7_545 * 60_000, chain.left().millis());
    assertEquals((7_545 * 60_000) / 31_536_000_000.0, chain.left().years());
    assertFalse(chain.left().averaging());
  }

  @Test
  void theLastHalfHourIsMarkedAsAveraging() {
    nifty.index("24350");
    nifty.time(NiftyChain.at("2026-12-08T15:05"));
    nifty.price(call("24400"), "10");
    assertTrue(nifty.chain().left().averaging());
    assertTrue(nifty.chain().left().isKnown());
  }

  @Test
  void afterTheSettlementOnlyWhatNeedsNoTimeIsLeft() {
    nifty.time(NiftyChain.at("2026-12-08T15:30"));
    nifty.index("24450");
    nifty.price(call("24400"), "50");
    OptionChain chain = nifty.chain();
    ChainLeg leg = callOf(chain.strikes().getFirst());
    assertNull(leg.greeks());
    assertEquals("expired", String.valueOf(leg.volatility().why().text()));
    assertEquals(50, leg.intrinsic());
    assertEquals(0, leg.timeValue());
  }

  @Test
  void aChainIsToldTenTimesASecondAtMostAndEndsAtTheNewest() {
    long begin = nifty.now();
    for (int i = 0; i < 500; i++) {
      nifty.price(call("24400"), String.valueOf(150 + i));
      nifty.endFrame();
      nifty.pass(1);
    }
    nifty.pass(1_000);
    List<Long> times = nifty.told.stream().map(told -> told.time() - begin).toList();
    assertEquals(List.of(100L, 200L, 300L, 400L, 500L), times);
    assertEquals(649, callOf(nifty.chain().strikes().getFirst()).price().value());
  }

  @Test
  void nothingIsToldWithinAFrame() {
    nifty.price(call("24400"), "150");
    nifty.price(call("24500"), "100");
    nifty.pass(99);
    assertEquals(List.of(), nifty.told);
    nifty.pass(1);
    assertEquals(1, nifty.told.size());
    assertEquals(2, nifty.chain().strikes().size());
  }

  @Test
  void onlyAWantedChainIsComputed() {
    nifty.wanted = false;
    nifty.price(call("24400"), "150");
    nifty.pass(1_000);
    assertEquals(0, nifty.counters.strikes());
    nifty.wanted = true;
    nifty.pass(100);
    assertEquals(1, nifty.told.size());
    assertEquals(150, callOf(nifty.chain().strikes().getFirst()).price().value());
  }

  /** Whoever comes later sees what the others see: times and figures are the same. */
  @Test
  void whatIsToldDoesNotHangOnWhenItWasWantedFirst() {
    NiftyChain late = NiftyChain.standard();
    late.wanted = false;
    for (int i = 0; i < 4_000; i++) {
      late.wanted = i >= 2_345;
      for (NiftyChain each : List.of(nifty, late)) {
        each.price(call("24400"), String.valueOf(150 + i % 7));
        each.price(put("24400"), String.valueOf(230 - i % 5));
        each.interest(call("24400"), 1_000 + i, 900);
        each.pass(37);
      }
    }
    int missed = nifty.told.size() - late.told.size();
    assertTrue(missed > 100 && late.told.size() > 100, () -> missed + " missed");
    assertEquals(nifty.told.subList(missed, nifty.told.size()), late.told);
    assertEquals(callOf(nifty.strike("24400")).since(2), callOf(late.strike("24400")).since(2));
    assertEquals(nifty.chain().figures(), late.chain().figures());
  }

  @Test
  void onlyTheStrikeThatTickedIsComputedWhileTheForwardStands() {
    for (int strike : List.of(24300, 24400, 24500)) {
      nifty.price(call(String.valueOf(strike)), String.valueOf(150 - (strike - 24400) * 0.45));
      nifty.price(put(String.valueOf(strike)), String.valueOf(230 + (strike - 24400) * 0.55));
    }
    nifty.price(call("26000"), "1");
    nifty.pass(100);
    assertEquals(4, nifty.counters.strikes());
    nifty.price(call("26000"), "1.5");
    nifty.pass(100);
    assertEquals(5, nifty.counters.strikes());
  }

  @Test
  void aLastPriceCountsUntilItIsTooOld() {
    nifty.price(call("24400"), "150");
    nifty.price(put("24400"), "230");
    nifty.trade(call("24600"), "70");
    assertEquals(LegPrice.Source.LAST, callOf(nifty.strike("24600")).price().source());
    nifty.pass(ChainLimits.DEFAULT.lastAge() - 200);
    nifty.price(call("24400"), "151");
    assertTrue(callOf(nifty.strike("24600")).volatility().isUsable());
    nifty.pass(1_000);
    nifty.price(call("24400"), "152");
    assertEquals(NoFigure.STALE, callOf(nifty.strike("24600")).price().why());
    assertEquals(NoFigure.STALE, callOf(nifty.strike("24600")).volatility().why());
    nifty.trade(call("24600"), "70");
    assertTrue(callOf(nifty.strike("24600")).volatility().isUsable());
  }

  @Test
  void theSpotMovesAChainThatStandsStill() {
    nifty.index("24300");
    nifty.price(call("24200"), "190");
    assertEquals(100, callOf(nifty.strike("24200")).intrinsic());
    nifty.index("24350");
    assertEquals(150, callOf(nifty.strike("24200")).intrinsic());
  }

  @Test
  void aChainWithoutTicksBecomesStaleAndIsFreshAgain() {
    nifty.price(call("24400"), "150");
    assertFalse(nifty.chain().isStale());
    nifty.told.clear();
    for (int i = 0; i < 12; i++) {
      nifty.pass(1_000);
    }
    assertEquals(1, nifty.told.size());
    assertTrue(nifty.chain().isStale());
    nifty.price(call("24400"), "150.05");
    assertFalse(nifty.chain().isStale());
  }

  @Test
  void changesCountFromEachOfTheLastThreeSnapshots() {
    for (int minute = 0; minute < 5; minute++) {
      nifty.trade(call("24400"), String.valueOf(100 + 10 * minute * minute));
      nifty.interest(call("24400"), 1_000 + 100 * minute, 900);
      nifty.pass(60_000);
    }
    nifty.trade(call("24400"), "400");
    OptionChain chain = nifty.chain();
    ChainLeg leg = callOf(chain.strikes().getFirst());
    assertEquals(3, chain.snapshots().size());
    assertEquals(
        List.of(400.0 - 260, 400.0 - 190, 400.0 - 140),
        List.of(leg.since(0).last(), leg.since(1).last(), leg.since(2).last()));
    assertEquals(200, leg.since(2).openInterest());
    assertEquals(BuildUp.LONG_BUILD_UP, leg.since(1).buildUp());
    assertEquals(5, nifty.told.stream().filter(NiftyChain.Told::snapshot).count());
  }

  @Test
  void withoutASnapshotNoChangeIsKnown() {
    nifty.trade(call("24400"), "100");
    nifty.chain();
    LegChange change = callOf(nifty.strike("24400")).since(0);
    assertTrue(Double.isNaN(change.last()));
    assertEquals(BuildUp.NEUTRAL, change.buildUp());
  }

  @Test
  void changesOfTheDayCountFromThePreviousCloseAndInterest() {
    nifty.prevClose(put("24400"), "200");
    nifty.trade(put("24400"), "180");
    nifty.interest(put("24400"), 900, 1_000);
    ChainLeg leg = putOf(nifty.strike("24400"));
    assertEquals(new BigDecimal("-20"), leg.change());
    assertEquals(new BigDecimal("-100"), leg.openInterestChange());
    assertEquals(BuildUp.LONG_UNWINDING, leg.buildUp());
  }

  @Test
  void whatIsBeyondTheLimitsIsCountedAndLeftOut() {
    ChainLimits few = new ChainLimits(0.3, 60_000, 10_000, 7, 5, 100, 60_000, 1, 2);
    NiftyChain small = new NiftyChain(ChainConvention.DEFAULT, few);
    small.time(nifty.now());
    small.price(call("24400"), "150");
    small.price(put("24400"), "230");
    small.price(put("24500"), "300");
    Instrument.Option later =
        new Instrument.Option(
            NiftyChain.reference("LATER"),
            "NIFTY",
            LocalDate.of(2026, 12, 15),
            BigDecimal.TEN,
            Right.PUT,
            BigDecimal.ONE);
    small.price(later, "1");
    assertEquals(1, small.chain().strikes().size());
    assertEquals(2, small.counters.refused());
  }

  @Test
  void aSettledChainIsForgottenAfterADay() {
    nifty.price(call("24400"), "150");
    nifty.chain();
    nifty.time(NiftyChain.at("2026-12-09T15:31"));
    nifty.time(NiftyChain.at("2026-12-09T15:33"));
    nifty.told.clear();
    nifty.price(call("24500"), "1");
    assertEquals(1, nifty.chain().strikes().size());
  }

  @Test
  void premiumsInACoinAreWorthTheForward() {
    Instrument.Option call = deribit(Right.CALL);
    Instrument.Option put = deribit(Right.PUT);
    nifty.price(call, "0.05");
    nifty.price(put, "0.03");
    OptionChain chain = nifty.chain();
    assertTrue(chain.isPaidInCoin());
    assertEquals(0, chain.convention().rate());
    assertEquals(100_000 / 0.98, chain.forward().value(), 1e-6);
    ChainStrike strike = chain.strikes().getFirst();
    assertEquals(callOf(strike).volatility().value(), putOf(strike).volatility().value(), 1e-9);
    double worth =
        new Black76(Right.CALL, chain.forward().value(), 100_000, chain.left().years(), 0)
            .price(strike.volatility().value());
    assertEquals(0.05, worth / chain.forward().value(), 1e-9);
    assertEquals(0.05 * chain.forward().value(), chain.quotes().strikes().getFirst().call().bid());
  }

  private static Instrument.Option deribit(Right right) {
    String symbol = "BTC-25DEC26-100000-" + (right == Right.CALL ? "C" : "P");
    return new Instrument.Option(
        new dev.tapeline.market.instrument.Reference(
            symbol, "DERIBIT", symbol, symbol, BigDecimal.ZERO),
        "BTC_USD",
        LocalDate.of(2026, 12, 25),
        new BigDecimal("100000"),
        right,
        BigDecimal.ONE);
  }

  @Test
  void aTickWithoutATimeCountsAsOfTheTimeThatWasTold() {
    nifty.tick(
        new Tick.Quote(call("24400"), Times.UNKNOWN, 0, new BestPrice(BigDecimal.TEN, null), null));
    assertEquals(1, nifty.chain().strikes().size());
  }
}
