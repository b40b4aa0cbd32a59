package dev.tapeline.feed.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MarketBoardTest {

  private static final long START = 1_796_010_300_000L;
  private static final LocalDate MONDAY = LocalDate.of(2026, 12, 7);
  private static final SessionPlan PLAN = new SessionPlan(4000, 1000, 500, 1500);

  /** Over all phases of some days, with contracts that expire and others that are new. */
  @Property(tries = 15)
  void theBoardIsTheSumOfTheTicks(
      @ForAll long seed, @ForAll @Size(3) List<@IntRange(min = 50, max = 9000) Integer> cuts) {
    SimulatedMarket market = new SimulatedMarket(seed, PLAN, START, MONDAY);
    Map<String, BoardFold> folds = new HashMap<>();
    long time = START;
    for (int cut : cuts) {
      time += cut;
      Steps.to(time, market)
          .forEach(tick ->
              folds
                  .computeIfAbsent(
                      tick.instrument().symbol(), _ -> new BoardFold(tick.instrument()))
                  .apply(tick));
      for (SimulatedQuote quote : market.board().all()) {
        BoardFold fold = folds.get(quote.instrument().symbol());
        if (fold != null && fold.hasBegun()) {
          assertEquals(fold.told(), BoardFold.Told.of(quote), () -> quote.instrument().symbol());
        }
      }
    }
  }

  @Test
  void eachInstrumentIsFoundBySymbolAndKey() {
    SimulatedMarket market = new SimulatedMarket(1, PLAN, START, MONDAY);
    Steps.to(START + 2000, market);
    MarketBoard board = market.board();
    List<Instrument> all = market.instruments();
    assertEquals(
        all,
        all.stream()
            .map(each -> board.bySymbol(each.symbol()).orElseThrow().instrument())
            .toList());
    assertEquals(
        all, all.stream().map(each -> board.byKey(each.key()).orElseThrow().instrument()).toList());
    assertEquals(Optional.empty(), board.bySymbol("NOTHING"));
    assertEquals(Optional.empty(), board.byKey("NSE_EQ:0"));
  }

  @Test
  void depthIsFiveOrderedLevelsWithOrders() {
    SimulatedMarket market = new SimulatedMarket(1, PLAN, START, MONDAY);
    Steps.to(START + 3000, market);
    for (SimulatedQuote quote : market.board().all()) {
      if (quote.instrument() instanceof Instrument.Index) {
        assertEquals(SimulatedQuote.DepthView.NONE, quote.depth());
      } else {
        assertEquals(5, quote.depth().asks().size(), quote.toString());
        assertTrue(!quote.depth().bids().isEmpty(), quote.toString());
        assertOrdered(quote.depth().asks(), Comparator.naturalOrder());
        assertOrdered(quote.depth().bids(), Comparator.reverseOrder());
      }
    }
  }

  private static void assertOrdered(
      List<SimulatedQuote.DepthLevel> levels, Comparator<BigDecimal> order) {
    List<BigDecimal> prices = levels.stream().map(SimulatedQuote.DepthLevel::price).toList();
    assertEquals(prices.stream().sorted(order).distinct().toList(), prices);
    for (SimulatedQuote.DepthLevel level : levels) {
      assertTrue(level.price().signum() > 0, level.toString());
      assertTrue(level.quantity().signum() > 0, level.toString());
      assertTrue(level.orders() > 0, level.toString());
    }
  }

  @Test
  void aChainHasItsOptionsByStrikeWithTheirFigures() {
    SimulatedMarket market = new SimulatedMarket(1, PLAN, START, MONDAY);
    Steps.to(START + 3000, market);
    MarketBoard board = market.board();
    assertEquals(
        Steps.dates(
            "2026-12-08", "2026-12-15", "2026-12-22", "2026-12-29", "2027-01-26", "2027-02-23"),
        board.expiries("NIFTY"));
    assertEquals(List.of(), board.expiries("RELIANCE"));
    ChainView chain = board.chain(key("NIFTY", 15)).orElseThrow();
    assertEquals(41, chain.rows().size());
    assertTrue(chain.forward().compareTo(chain.spot()) > 0, chain.toString());
    BigDecimal before = BigDecimal.ZERO;
    for (ChainView.Row row : chain.rows()) {
      assertTrue(row.strike().compareTo(before) > 0);
      before = row.strike();
      assertEquals("NIFTY-20261215-%s-CE".formatted(row.strike()), symbol(row.call()));
      assertEquals("NIFTY-20261215-%s-PE".formatted(row.strike()), symbol(row.put()));
      assertEquals(row.call().quote(), board.bySymbol(symbol(row.call())).orElseThrow());
      assertTrue(row.call().delta().signum() > 0 && row.put().delta().signum() < 0);
      assertEquals(row.call().vega(), row.put().vega());
    }
    assertEquals(Optional.empty(), board.chain(key("NIFTY", 16)));
    assertEquals(Optional.empty(), board.chain(key("RELIANCE", 29)));
  }

  private static ChainKey key(String underlying, int dayOfDecember) {
    return new ChainKey(underlying, LocalDate.of(2026, 12, dayOfDecember));
  }

  private static String symbol(ChainView.Leg leg) {
    return leg.quote().instrument().symbol();
  }
}
