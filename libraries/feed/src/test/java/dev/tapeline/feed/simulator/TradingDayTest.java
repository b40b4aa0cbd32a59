package dev.tapeline.feed.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.simulator.SessionPlan.Phase;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TradingDayTest {

  private static final long START = 1_796_010_300_000L;
  private static final LocalDate MONDAY = LocalDate.of(2026, 12, 7);
  private static final LocalDate EXPIRY = LocalDate.of(2026, 12, 8);

  /** A day takes 66 s: 60 s open, 2 s after, 1 s closed, 3 s of pre-open. */
  private static final SessionPlan PLAN = new SessionPlan(60_000, 2000, 1000, 3000);

  private static final long DAY = 66_000;

  private final SimulatedMarket market = new SimulatedMarket(4, PLAN, START, MONDAY);

  @Test
  void theDateAndTheTimeOfDayGoOn() {
    Steps.to(START + 30_000, market);
    assertEquals(MONDAY, market.date());
    assertEquals(LocalTime.of(12, 22, 30), market.timeOfDay());
    assertEquals(Phase.OPEN, market.phase());
    Steps.to(START + 61_000, market);
    assertEquals(LocalTime.of(15, 37, 30), market.timeOfDay());
    assertEquals(Phase.AFTER, market.phase());
    Steps.to(START + 62_500, market);
    assertEquals(MONDAY, market.date());
    assertFalse(market.isOpen());
    Steps.to(START + 64_500, market);
    assertEquals(EXPIRY, market.date());
    assertEquals(LocalTime.of(9, 7, 30), market.timeOfDay());
    assertEquals(Phase.PRE_OPEN, market.phase());
    Steps.to(START + 4 * DAY, market);
    assertEquals(LocalDate.of(2026, 12, 11), market.date());
    Steps.to(START + 5 * DAY, market);
    assertEquals(LocalDate.of(2026, 12, 14), market.date());
  }

  @Test
  void derivativesAloneTradeAfterTheSession() {
    Steps.to(START + 59_999, market);
    Set<String> segments =
        Steps.to(START + 61_999, market).stream()
            .map(tick -> tick.instrument().segment())
            .collect(Collectors.toSet());
    assertEquals(Set.of("NSE_FNO"), segments);
    assertEquals(List.of(), Steps.to(START + 62_999, market));
  }

  @Test
  void sharesHaveIndicativePricesBeforeTheyOpen() {
    Steps.to(START + 62_999, market);
    List<Tick> preOpen = Steps.to(START + DAY - 1, market);
    Set<String> lasting =
        SimulatedInstruments.all().stream().map(Instrument::symbol).collect(Collectors.toSet());
    assertEquals(lasting, symbols(preOpen, Tick.SessionStart.class));
    assertEquals(
        SimulatedInstruments.SHARES.stream()
            .map(share -> share.instrument().symbol())
            .collect(Collectors.toSet()),
        symbols(preOpen, Tick.LastPrice.class));
    assertTrue(
        preOpen.stream()
            .allMatch(tick -> tick instanceof Tick.SessionStart || tick instanceof Tick.LastPrice));
    List<Tick> open = Steps.to(START + DAY, market);
    Set<String> begun = symbols(open, Tick.SessionStart.class);
    assertFalse(begun.contains("RELIANCE"), begun.toString());
    assertTrue(symbols(open, Tick.Trade.class).containsAll(Set.of("RELIANCE", "HDFCBANK")));
    assertOpenNearIndication(preOpen, open);
  }

  private static void assertOpenNearIndication(List<Tick> preOpen, List<Tick> open) {
    Map<String, BigDecimal> indicated = new HashMap<>();
    for (Tick tick : preOpen) {
      if (tick instanceof Tick.LastPrice price) {
        indicated.put(price.instrument().symbol(), price.price());
      }
    }
    int compared = 0;
    for (Tick tick : open) {
      BigDecimal before = indicated.get(tick.instrument().symbol());
      if (tick instanceof Tick.Trade trade && before != null) {
        assertEquals(1, trade.price().doubleValue() / before.doubleValue(), 0.01);
        compared++;
      }
    }
    assertTrue(compared >= SimulatedInstruments.SHARES.size());
  }

  private static Set<String> symbols(List<Tick> ticks, Class<? extends Tick> kind) {
    return ticks.stream()
        .filter(kind::isInstance)
        .map(tick -> tick.instrument().symbol())
        .collect(Collectors.toSet());
  }

  @Test
  void contractsLiveUntilTheirLastDayIsOver() {
    Steps.to(START + DAY + 59_999, market);
    List<Tick> after = Steps.to(START + DAY + 62_999, market);
    assertFalse(after.isEmpty());
    assertTrue(after.stream().noneMatch(tick -> expiresOn(EXPIRY, tick.instrument())));
    assertTrue(market.board().bySymbol("NIFTY-20261208-24300-CE").isPresent());
    Set<String> before = symbols(market);
    List<Tick> next = Steps.to(START + 2 * DAY + 2000, market);
    assertTrue(next.stream().noneMatch(tick -> expiresOn(EXPIRY, tick.instrument())));
    assertTrue(market.board().bySymbol("NIFTY-20261208-24300-CE").isEmpty());
    assertEquals(
        Steps.dates("2026-12-15", "2026-12-22", "2026-12-29", "2027-01-26", "2027-02-23"),
        market.board().expiries("NIFTY"));
    Set<String> gone = new HashSet<>(before);
    gone.removeAll(symbols(market));
    assertTrue(gone.size() >= 82, gone.toString());
    assertTrue(gone.stream().allMatch(symbol -> symbol.startsWith("NIFTY-20261208-")));
  }

  private static boolean expiresOn(LocalDate date, Instrument instrument) {
    return instrument instanceof Instrument.Option option && option.expiry().equals(date);
  }

  private static Set<String> symbols(SimulatedMarket market) {
    return market.instruments().stream().map(Instrument::symbol).collect(Collectors.toSet());
  }

  @Test
  void strikesAreListedAroundTheMoneyOfEachDay() {
    for (int day = 0; day < 20; day++) {
      Steps.to(START + day * DAY + 500, market);
      for (LocalDate expiry : market.board().expiries("NIFTY")) {
        ChainView chain = market.board().chain(new ChainKey("NIFTY", expiry)).orElseThrow();
        double spot = chain.spot().doubleValue();
        assertTrue(chain.rows().getFirst().strike().doubleValue() < spot - 700, market::toString);
        assertTrue(chain.rows().getLast().strike().doubleValue() > spot + 700, market::toString);
      }
    }
  }

  @Test
  void theNextDayStartsFromTheCloseOfThisOne() {
    Map<String, BigDecimal> last = new HashMap<>();
    for (Tick tick : Steps.to(START + DAY - 3001, market)) {
      if (tick instanceof Tick.Trade trade) {
        last.put(trade.instrument().symbol(), trade.price());
      }
    }
    int compared = 0;
    for (Tick tick : Steps.to(START + DAY + 1000, market)) {
      BigDecimal close = last.get(tick.instrument().symbol());
      if (tick instanceof Tick.SessionStart start && close != null) {
        assertEquals(close, start.prevClose(), start.toString());
        compared++;
      }
    }
    assertTrue(compared > 200, compared + " closes");
  }

  /** Half of it is gone when three quarters of the time are. */
  @Test
  void timeValueRunsOutOnTheLastDay() {
    Steps.to(START + DAY + 1000, market);
    double inTheMorning = straddle();
    Steps.to(START + DAY + 59_900, market);
    double atTheEnd = straddle();
    assertTrue(atTheEnd < 0.3 * inTheMorning, atTheEnd + " after " + inTheMorning);
  }

  /** The time value of the options at the money. */
  private double straddle() {
    ChainView chain = market.board().chain(new ChainKey("NIFTY", EXPIRY)).orElseThrow();
    double spot = chain.spot().doubleValue();
    ChainView.Row row =
        chain.rows().stream()
            .filter(each -> Math.abs(each.strike().doubleValue() - spot) <= 25)
            .findFirst()
            .orElseThrow();
    double exercise = Math.abs(spot - row.strike().doubleValue());
    return ask(row.call()) + ask(row.put()) - exercise;
  }

  private static double ask(ChainView.Leg leg) {
    return leg.quote().depth().asks().getFirst().price().doubleValue();
  }

  /** With all phases of a day, and contracts that expire. */
  @Test
  void theSameSeedGivesTheSameDays() {
    SimulatedMarket again = new SimulatedMarket(4, PLAN, START, MONDAY);
    List<Tick> first = Steps.to(START + 2 * DAY + 5000, market);
    assertEquals(first, Steps.to(START + 2 * DAY + 5000, again));
    SimulatedMarket later = new SimulatedMarket(4, PLAN, START, EXPIRY);
    assertNotEquals(first.subList(0, 2000), Steps.to(START + 5000, later).subList(0, 2000));
  }

  @Test
  void aLeapOverDaysListsWhatIsListedThen() {
    Steps.to(START + 1000, market);
    market.skipTo(START + 10 * DAY);
    Steps.to(START + 10 * DAY + 2000, market);
    assertEquals(LocalDate.of(2026, 12, 21), market.date());
    assertEquals(
        Steps.dates("2026-12-22", "2026-12-29", "2027-01-05", "2027-01-26", "2027-02-23"),
        market.board().expiries("NIFTY"));
    SimulatedQuote future = market.board().bySymbol("NIFTY-20261229-FUT").orElseThrow();
    assertNotNull(future.last());
  }
}
