package dev.tapeline.feed.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.book.OrderBook;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.BestPrice;
import dev.tapeline.market.tick.Side;
import dev.tapeline.market.tick.Tick;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SimulatedMarketTest {

  private static final long START = 1_767_225_600_000L;
  private static final SessionPlan PLAN = new SessionPlan(240_000, 5_000);

  /** The symbols of what does not expire. */
  private static final Set<String> LASTING =
      SimulatedInstruments.all().stream().map(Instrument::symbol).collect(Collectors.toSet());

  private static final List<Tick> SESSION =
      Steps.to(START + 239_999, new SimulatedMarket(42, PLAN, START));

  /** The ticks do not depend on how time is divided into calls. */
  @Property(tries = 20)
  void theSameSeedGivesTheSameTicksHoweverTimeIsCut(
      @ForAll long seed,
      @ForAll @Size(min = 1, max = 20) List<@IntRange(max = 4000) Integer> cuts) {
    SessionPlan plan = new SessionPlan(7000, 1500);
    SimulatedMarket inPieces = new SimulatedMarket(seed, plan, START);
    List<Tick> pieces = new ArrayList<>();
    long time = START;
    for (int cut : cuts) {
      time += cut;
      pieces.addAll(Steps.to(time, inPieces));
    }
    assertEquals(Steps.to(time, new SimulatedMarket(seed, plan, START)), pieces);
  }

  @Test
  void anotherSeedGivesAnotherMarket() {
    assertNotEquals(SESSION, Steps.to(START + 239_999, new SimulatedMarket(43, PLAN, START)));
  }

  @Test
  void everyInstrumentOpensAndLives() {
    Map<String, Integer> prices = new HashMap<>();
    Set<String> opened = new HashSet<>();
    for (Tick tick : SESSION) {
      String symbol = tick.instrument().symbol();
      if (tick instanceof Tick.SessionStart) {
        assertTrue(opened.add(symbol), symbol);
      } else {
        assertTrue(opened.contains(symbol), symbol);
      }
      if (tick instanceof Tick.Trade || tick instanceof Tick.IndexValue) {
        prices.merge(symbol, 1, Integer::sum);
      }
    }
    for (Instrument instrument : SimulatedInstruments.all()) {
      assertTrue(
          prices.getOrDefault(instrument.symbol(), 0) > 60, instrument.symbol() + " " + prices);
    }
  }

  @Test
  void pricesAreWholeTicksAndTradesAreAtBidOrAsk() {
    Map<String, Tick.Quote> quotes = new HashMap<>();
    for (Tick tick : SESSION) {
      switch (tick) {
        case Tick.Quote quote -> {
          quotes.put(quote.instrument().symbol(), quote);
          assertTrue(quote.bid().price().compareTo(quote.ask().price()) < 0, quote.toString());
          assertWholeTicks(quote.instrument(), quote.bid().price());
          assertWholeTicks(quote.instrument(), quote.ask().price());
        }
        case Tick.Trade trade -> {
          Tick.Quote quote = quotes.get(trade.instrument().symbol());
          BigDecimal at =
              trade.aggressor() == Side.SELL ? quote.bid().price() : quote.ask().price();
          assertEquals(at, trade.price());
          assertTrue(trade.quantity().signum() > 0);
        }
        case Tick.IndexValue index -> assertWholeTicks(index.instrument(), index.value());
        default -> {}
      }
    }
  }

  @Test
  void theBookIsWholeDeepAndAgreesWithTheQuotes() {
    Map<String, OrderBook> books = new HashMap<>();
    int compared = 0;
    for (Tick tick : SESSION) {
      OrderBook book =
          books.computeIfAbsent(
              tick.instrument().symbol(), _ -> new OrderBook(OrderBook.Start.SNAPSHOT));
      if (tick instanceof Tick.Depth depth) {
        OrderBook.Outcome outcome = book.apply(depth);
        assertEquals(
            depth.snapshot() ? OrderBook.Outcome.REPLACED : OrderBook.Outcome.APPLIED, outcome);
        assertEquals(SimulatedBook.LEVELS, book.bids(100).size());
        assertEquals(SimulatedBook.LEVELS, book.asks(100).size());
      } else if (tick instanceof Tick.Quote quote && !isOption(quote.instrument())) {
        assertEquals(quote.bid(), BestPrice.of(book.bids(1).getFirst()));
        assertEquals(quote.ask(), BestPrice.of(book.asks(1).getFirst()));
        compared++;
      }
    }
    assertTrue(compared > 1000);
  }

  /** Options have no book. */
  private static boolean isOption(Instrument instrument) {
    return instrument instanceof Instrument.Option;
  }

  @Test
  void tradeIdsHaveNoHoles() {
    Map<String, Long> last = new HashMap<>();
    for (Tick tick : SESSION) {
      if (tick instanceof Tick.Trade trade) {
        long before = last.getOrDefault(trade.instrument().symbol(), 0L);
        assertEquals(before + 1, trade.id());
        last.put(trade.instrument().symbol(), trade.id());
      }
    }
    SimulatedInstruments.SHARES.forEach(
        share -> assertTrue(last.containsKey(share.instrument().symbol())));
  }

  @Test
  void sharesMoveWithTheMarket() {
    double[] nifty = returns("NIFTY");
    double bank = correlation(nifty, returns("BANKNIFTY"));
    double share = correlation(nifty, returns("HDFCBANK"));
    double crypto = correlation(nifty, returns("BTC_USDT"));
    assertTrue(bank > 0.6, "BANKNIFTY " + bank);
    assertTrue(share > 0.3 && share < 0.98, "HDFCBANK " + share);
    assertTrue(crypto < share, "BTC_USDT " + crypto);
  }

  @Test
  void tradesComeInBursts() {
    double[] counts = new double[240];
    for (Tick tick : SESSION) {
      if (tick instanceof Tick.Trade) {
        counts[(int) ((tick.times().exchange() - START) / 1000)]++;
      }
    }
    double mean = 0;
    double square = 0;
    for (int i = 60; i < 180; i++) {
      mean += counts[i] / 120;
      square += counts[i] * counts[i] / 120;
    }
    double dispersion = (square - mean * mean) / mean;
    assertTrue(dispersion > 2, "variance over mean is %s, 1 if at random".formatted(dispersion));
  }

  @Test
  void aSessionIsLivelierAtItsEnds() {
    long ends = 0;
    long middle = 0;
    for (int seed = 0; seed < 4; seed++) {
      for (Tick tick : Steps.to(START + 239_999, new SimulatedMarket(seed, PLAN, START))) {
        double progress = (tick.times().exchange() - START) / 240_000.0;
        if (tick instanceof Tick.Trade && (progress < 0.2 || progress > 0.8)) {
          ends++;
        } else if (tick instanceof Tick.Trade && progress > 0.3 && progress < 0.7) {
          middle++;
        }
      }
    }
    assertTrue(ends > 1.5 * middle, "%d at the ends, %d in the middle".formatted(ends, middle));
  }

  @Test
  void closesAndOpensAgainWithThePreviousClose() {
    SimulatedMarket market = new SimulatedMarket(1, PLAN, START);
    Map<String, BigDecimal> last = new HashMap<>();
    Steps.to(START + 239_999, market).forEach(tick -> keepPrice(tick, last));
    assertTrue(market.isOpen());
    last.keySet().retainAll(LASTING);
    Map<String, BigDecimal> closes = Map.copyOf(last);
    assertEquals(LASTING, closes.keySet());
    assertEquals(List.of(), Steps.to(START + 244_999, market));
    assertFalse(market.isOpen());
    Map<String, BigDecimal> prevCloses = new HashMap<>();
    for (Tick tick : Steps.to(START + 245_000, market)) {
      keepPrice(tick, last);
      if (tick instanceof Tick.SessionStart start) {
        prevCloses.put(start.instrument().symbol(), start.prevClose());
      }
    }
    assertTrue(market.isOpen());
    prevCloses.keySet().retainAll(LASTING);
    assertEquals(closes, prevCloses);
    assertNotEquals(closes.get("NIFTY"), last.get("NIFTY"));
  }

  private static void keepPrice(Tick tick, Map<String, BigDecimal> last) {
    switch (tick) {
      case Tick.Trade trade -> last.put(trade.instrument().symbol(), trade.price());
      case Tick.IndexValue index -> last.put(index.instrument().symbol(), index.value());
      default -> {}
    }
  }

  @Test
  void whatIsSkippedIsNotMadeUpFor() {
    SimulatedMarket market = new SimulatedMarket(1, PLAN, START);
    Steps.to(START, market);
    market.skipTo(START + 100_020);
    assertEquals(START + 100_000, market.now());
    long ticks =
        Steps.to(START + 100_500, market).stream()
            .filter(tick -> LASTING.contains(tick.instrument().symbol()))
            .count();
    assertTrue(ticks < 500, ticks + " ticks");
  }

  @Test
  void pricesStayBelievable() {
    List<Tick> ticks = new ArrayList<>();
    SimulatedMarket market = new SimulatedMarket(5, SessionPlan.COMPRESSED, START);
    for (int minute = 1; minute <= 90; minute++) {
      ticks.addAll(
          Steps.to(START + minute * 60_000L, market).stream()
              .filter(tick -> tick.instrument().symbol().equals("NIFTY"))
              .toList());
    }
    for (Tick tick : ticks) {
      if (tick instanceof Tick.IndexValue index) {
        double value = index.value().doubleValue();
        assertTrue(value > 24321.5 * 0.9 && value < 24321.5 * 1.1, "NIFTY at " + value);
      }
    }
  }

  private static void assertWholeTicks(Instrument instrument, BigDecimal price) {
    assertEquals(
        0, price.remainder(instrument.tickSize()).signum(), instrument.symbol() + " " + price);
  }

  /** Relative moves over each five seconds. */
  private double[] returns(String symbol) {
    double[] last = new double[48];
    forEachPrice(
        tick -> tick.instrument().symbol().equals(symbol),
        (time, price) -> last[(int) ((time - START) / 5000)] = price);
    double[] returns = new double[47];
    for (int i = 1; i < last.length; i++) {
      last[i] = last[i] == 0 ? last[i - 1] : last[i];
      returns[i - 1] = last[i] / last[i - 1] - 1;
    }
    return returns;
  }

  private interface PriceSink {
    void accept(long time, double price);
  }

  private void forEachPrice(Predicate<Tick> wanted, PriceSink sink) {
    for (Tick tick : SESSION) {
      if (wanted.test(tick) && tick instanceof Tick.Trade trade) {
        sink.accept(trade.times().exchange(), trade.price().doubleValue());
      } else if (wanted.test(tick) && tick instanceof Tick.IndexValue index) {
        sink.accept(index.times().exchange(), index.value().doubleValue());
      }
    }
  }

  private static double correlation(double[] x, double[] y) {
    double sx = 0;
    double sy = 0;
    for (int i = 0; i < x.length; i++) {
      sx += x[i] / x.length;
      sy += y[i] / y.length;
    }
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i = 0; i < x.length; i++) {
      xx += (x[i] - sx) * (x[i] - sx);
      yy += (y[i] - sy) * (y[i] - sy);
      xy += (x[i] - sx) * (y[i] - sy);
    }
    return xy / Math.sqrt(xx * yy);
  }
}
