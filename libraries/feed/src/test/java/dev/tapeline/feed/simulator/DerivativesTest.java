package dev.tapeline.feed.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instrument.Right;
import dev.tapeline.market.tick.BestPrice;
import dev.tapeline.market.tick.Tick;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DerivativesTest {

  private static final long START = 1_796_010_300_000L;
  private static final long OPEN = 120_000;
  private static final SessionPlan PLAN = new SessionPlan(OPEN, 0);
  private static final LocalDate MONDAY = LocalDate.of(2026, 12, 7);
  private static final LocalDate EXPIRY = LocalDate.of(2026, 12, 8);
  private static final ChainKey CHAIN = new ChainKey("NIFTY", EXPIRY);

  /** Of a price by the formula. */
  private static final double PRECISION = 0.005;

  private static final BigDecimal TICK = new BigDecimal("0.05");

  /** Two sessions; at the end of the second one, contracts expire. */
  private static final List<Tick> DAYS =
      Steps.to(START + 2 * OPEN - 1, new SimulatedMarket(42, PLAN, START, MONDAY)).stream()
          .filter(tick -> tick.instrument().segment().equals("NSE_FNO"))
          .toList();

  @Test
  void everyContractIsQuotedInTheFirstSecond() {
    SimulatedMarket market = new SimulatedMarket(3, PLAN, START, MONDAY);
    Map<String, Set<String>> kinds = new HashMap<>();
    for (Tick tick : Steps.to(START + 999, market)) {
      if (tick.instrument().segment().equals("NSE_FNO")) {
        kinds
            .computeIfAbsent(tick.instrument().symbol(), _ -> new HashSet<>())
            .add(tick.getClass().getSimpleName());
      }
    }
    Set<String> listed =
        SimulatedInstruments.derivatives(MONDAY).stream()
            .map(Instrument::symbol)
            .collect(Collectors.toSet());
    assertEquals(listed, kinds.keySet());
    kinds.forEach((symbol, told) ->
        assertTrue(
            told.containsAll(Set.of("SessionStart", "OpenInterest", "Quote")), symbol + told));
  }

  @Test
  void pricesAreOnTheGridAndNeverBelowATick() {
    int checked = 0;
    for (Tick tick : DAYS) {
      switch (tick) {
        case Tick.Quote quote -> {
          assertOnGrid(price(quote.bid()), tick);
          assertOnGrid(price(quote.ask()), tick);
          assertTrue(price(quote.bid()).compareTo(price(quote.ask())) < 0, quote.toString());
          checked++;
        }
        case Tick.Trade trade -> assertOnGrid(trade.price(), tick);
        case Tick.SessionStart start -> assertOnGrid(nonNull(start.prevClose()), tick);
        default -> {}
      }
    }
    assertTrue(checked > 5000, checked + " quotes");
  }

  private static void assertOnGrid(BigDecimal price, Tick tick) {
    assertTrue(price.compareTo(TICK) >= 0, tick.toString());
    assertEquals(0, price.remainder(TICK).signum(), tick.toString());
  }

  private static BigDecimal price(@Nullable BestPrice best) {
    assertNotNull(best);
    return best.price();
  }

  private static BigDecimal nonNull(@Nullable BigDecimal number) {
    assertNotNull(number);
    return number;
  }

  @Test
  void quantitiesAreWholeLots() {
    for (Tick tick : DAYS) {
      BigDecimal quantity =
          switch (tick) {
            case Tick.Trade trade -> nonNull(trade.quantity());
            case Tick.OpenInterest interest -> interest.value();
            case Tick.DayStats day -> nonNull(day.volume());
            default -> BigDecimal.ZERO;
          };
      assertEquals(0, quantity.remainder(lot(tick.instrument())).signum(), tick.toString());
    }
  }

  private static BigDecimal lot(Instrument instrument) {
    return switch (instrument) {
      case Instrument.Future future -> future.lot();
      case Instrument.Option option -> option.lot();
      default -> throw new AssertionError(instrument.toString());
    };
  }

  @Test
  void openInterestStaysWithinItsDayAndKeepsWhatItWasBefore() {
    Map<String, BigDecimal> last = new HashMap<>();
    Map<String, BigDecimal> previous = new HashMap<>();
    int moved = 0;
    for (Tick tick : DAYS) {
      String symbol = tick.instrument().symbol();
      if (tick instanceof Tick.SessionStart) {
        BigDecimal before = last.get(symbol);
        if (before != null) {
          previous.put(symbol, before);
        }
      } else if (tick instanceof Tick.OpenInterest told) {
        assertTrue(told.value().compareTo(nonNull(told.dayHigh())) <= 0, told.toString());
        assertTrue(told.value().compareTo(nonNull(told.dayLow())) >= 0, told.toString());
        assertEquals(previous.getOrDefault(symbol, told.previous()), told.previous());
        moved += told.value().equals(last.put(symbol, told.value())) ? 0 : 1;
      }
    }
    assertTrue(moved > 2000, moved + " changes");
  }

  /** The call and the put of a strike that are quoted in the same step. */
  @Test
  void putAndCallKeepParityWithinTheirSpread() {
    SimulatedMarket market = new SimulatedMarket(5, PLAN, START, MONDAY);
    int compared = 0;
    while (market.isBehind(START + 2 * OPEN - 1)) {
      Map<String, Tick.Quote> quotes = new HashMap<>();
      for (Tick tick : market.step()) {
        if (tick instanceof Tick.Quote quote) {
          quotes.put(quote.instrument().symbol(), quote);
        }
      }
      for (Tick.Quote call : quotes.values()) {
        if (call.instrument() instanceof Instrument.Option option
            && option.right() == Instrument.Right.CALL) {
          assertParity(call, nonNull(quotes, option.symbol().replace("-CE", "-PE")), market);
          compared++;
        }
      }
    }
    assertTrue(compared > 2000, compared + " pairs");
  }

  private static Tick.Quote nonNull(Map<String, Tick.Quote> quotes, String symbol) {
    Tick.Quote quote = quotes.get(symbol);
    assertNotNull(quote, symbol);
    return quote;
  }

  private static void assertParity(Tick.Quote call, Tick.Quote put, SimulatedMarket market) {
    Instrument.Option option = (Instrument.Option) call.instrument();
    ChainKey key = new ChainKey(option.underlying(), option.expiry());
    ChainView chain = market.board().chain(key).orElseThrow();
    double spot = chain.spot().doubleValue();
    double growth = chain.forward().doubleValue() / spot;
    double worth = spot - option.strike().doubleValue() / growth;
    double rounding = 0.02; // of spot and forward in the view
    double lowest = price(call.bid()).subtract(price(put.ask())).doubleValue();
    double highest = price(call.ask()).subtract(price(put.bid())).doubleValue();
    assertTrue(lowest <= worth + rounding, () -> "%s %s %s".formatted(worth, call, put));
    assertTrue(highest >= worth - rounding, () -> "%s %s %s".formatted(worth, call, put));
  }

  @Test
  void callsFallAndPutsRiseWithTheStrikeAtAllTimes() {
    for (int seed = 0; seed < 3; seed++) {
      SimulatedMarket market = new SimulatedMarket(seed, PLAN, START, MONDAY);
      for (long time = START; time < START + 2 * OPEN; time += 4000) {
        Steps.to(time, market);
        market.board().chains("NIFTY").forEach(DerivativesTest::assertNoArbitrage);
        market.board().chains("BANKNIFTY").forEach(DerivativesTest::assertNoArbitrage);
      }
    }
  }

  private static void assertNoArbitrage(SimulatedChain chain) {
    OptionTerms before = null;
    for (SimulatedStrike strike : chain.strikes()) {
      OptionTerms terms = chain.terms(strike.strike());
      assertTrue(terms.volatility() > 0.05 && terms.volatility() < 1.2, terms.toString());
      if (before != null) {
        assertTrue(
            terms.price(Right.CALL) <= before.price(Right.CALL) + PRECISION, before + " " + terms);
        assertTrue(
            terms.price(Right.PUT) >= before.price(Right.PUT) - PRECISION, before + " " + terms);
      }
      before = terms;
    }
  }

  @Test
  void volatilityIsLowestNearTheMoneyAndHigherForLowStrikes() {
    ChainView chain = chainAt(OPEN / 2);
    List<Double> ivs = chain.rows().stream().map(row -> row.call().iv().doubleValue()).toList();
    int lowest = ivs.indexOf(ivs.stream().min(Double::compare).orElseThrow());
    double cheapest = chain.rows().get(lowest).strike().doubleValue();
    assertEquals(chain.spot().doubleValue(), cheapest, 0.02 * chain.spot().doubleValue());
    for (int i = 1; i < ivs.size(); i++) {
      assertEquals(i > lowest, ivs.get(i) > ivs.get(i - 1), ivs.toString());
    }
    assertTrue(ivs.getFirst() > ivs.getLast(), ivs.toString());
  }

  @Test
  void spreadsWidenAwayFromTheMoneyAndWithTime() {
    SimulatedMarket market = new SimulatedMarket(8, PLAN, START, MONDAY);
    Steps.to(START + 1000, market);
    ChainView near = market.board().chain(CHAIN).orElseThrow();
    double money = near.spot().doubleValue();
    assertTrue(callSpread(near, money - 500) > 2 * callSpread(near, money), near.toString());
    List<LocalDate> expiries = market.board().expiries("BANKNIFTY");
    ChainView first = chain(market, expiries.getFirst());
    ChainView last = chain(market, expiries.getLast());
    double bank = first.spot().doubleValue();
    assertTrue(callSpread(last, bank) > callSpread(first, bank));
  }

  private static ChainView chain(SimulatedMarket market, LocalDate expiry) {
    return market.board().chain(new ChainKey("BANKNIFTY", expiry)).orElseThrow();
  }

  private static double callSpread(ChainView chain, double strike) {
    SimulatedQuote.DepthView depth =
        chain.rows().stream()
            .filter(row -> row.strike().doubleValue() >= strike)
            .findFirst()
            .orElseThrow()
            .call()
            .quote()
            .depth();
    return depth.asks().getFirst().price().subtract(depth.bids().getFirst().price()).doubleValue();
  }

  /** At the speed of the demo; in half spreads, as strikes at the money have narrow ones. */
  @Test
  void quotesFollowTheMarket() {
    SimulatedMarket market = new SimulatedMarket(6, SessionPlan.COMPRESSED, START, MONDAY);
    for (long time = START + 1000; time < START + 60_000; time += 1000) {
      Steps.to(time, market);
      List<Double> behind =
          Stream.of("NIFTY", "BANKNIFTY")
              .flatMap(market.board()::chains)
              .flatMap(chain -> chain.strikes().stream())
              .map(SimulatedStrike::behind)
              .sorted()
              .toList();
      assertTrue(behind.get(behind.size() * 9 / 10) < 30, behind.toString());
      assertTrue(behind.getLast() < 150, behind.toString());
    }
  }

  @Test
  void moreIsTradedNearTheMoney() {
    ChainView chain = chainAt(OPEN - 1);
    double spot = chain.spot().doubleValue();
    double near = volume(chain, strike -> Math.abs(strike - spot) < 300 ? 1 : 0);
    double far = volume(chain, strike -> Math.abs(strike - spot) > 600 ? 1 : 0);
    assertTrue(near > 5 * far, near + " near, far " + far);
  }

  private static double volume(ChainView chain, ToDoubleFunction<Double> weight) {
    return chain.rows().stream()
        .mapToDouble(row ->
            weight.applyAsDouble(row.strike().doubleValue())
                * (row.call().quote().day().volume().doubleValue()
                    + row.put().quote().day().volume().doubleValue()))
        .sum();
  }

  @Test
  void openInterestBuildsUpInTheMorningAndUnwindsOnTheLastDay() {
    double before = interest(chainAt(1000));
    double atNoon = interest(chainAt(OPEN * 6 / 10));
    double lastMorning = interest(chainAt(OPEN + 1000));
    double atTheEnd = interest(chainAt(2 * OPEN - 50));
    assertTrue(atNoon > before, atNoon + " after " + before);
    assertTrue(atTheEnd < lastMorning, atTheEnd + " after " + lastMorning);
  }

  private static double interest(ChainView chain) {
    return chain.rows().stream().mapToDouble(row -> value(row.call()) + value(row.put())).sum();
  }

  private static double value(ChainView.Leg leg) {
    SimulatedQuote.InterestView interest = leg.quote().interest();
    assertNotNull(interest);
    return interest.value().doubleValue();
  }

  private static ChainView chainAt(long sinceStart) {
    SimulatedMarket market = new SimulatedMarket(42, PLAN, START, MONDAY);
    Steps.to(START + sinceStart, market);
    return market.board().chain(CHAIN).orElseThrow();
  }
}
