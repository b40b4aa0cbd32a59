package dev.tapeline.simulate.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.simulate.Scripted;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class OptionMarketTest {

  private static final BigDecimal TICK = new BigDecimal("0.05");

  private static final OptionSeries SERIES =
      new OptionSeries(
          "IDX_I:13",
          "NIFTY",
          BigDecimal.ONE,
          (number, _, _, _, tick) ->
              new Reference("O" + number, "NSE_FNO", "" + (number + 1), "O" + number, tick),
          List.of(LocalDate.of(2025, 7, 29), LocalDate.of(2025, 8, 26)),
          LocalTime.of(10, 0),
          ZoneOffset.UTC,
          new BigDecimal("24310"),
          new BigDecimal("50"),
          11,
          TICK,
          new BigDecimal("65"),
          false,
          0.13);

  private static List<Tick> ticks(int steps) {
    OptionMarket market = new OptionMarket(SERIES, 5);
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      ticks.addAll(market.step(new BigDecimal(24_300 + i % 20), Scripted.NOW + i * 50L));
    }
    return ticks;
  }

  @Test
  void strikesLieAroundTheMoney() {
    List<BigDecimal> strikes =
        new OptionMarket(SERIES, 5)
            .instruments().stream().map(Instrument.Option::strike).distinct().toList();
    assertEquals(11, strikes.size());
    assertEquals(new BigDecimal("24050"), strikes.getFirst());
    assertEquals(new BigDecimal("24550"), strikes.getLast());
  }

  @Test
  void theSameSeedGivesTheSameTicks() {
    assertEquals(ticks(50), ticks(50));
  }

  @Test
  void pricesLieOnTheGridAndBidsBelowAsks() {
    for (Tick tick : ticks(200)) {
      switch (tick) {
        case Tick.Depth depth -> assertBook(depth);
        case Tick.Trade trade -> assertOnGrid(trade.price());
        case Tick.OpenInterest interest -> assertTrue(interest.value().signum() >= 0);
        default -> assertTrue(tick instanceof Tick.Marks, tick::toString);
      }
    }
  }

  private static void assertBook(Tick.Depth depth) {
    depth.bids().forEach(level -> assertOnGrid(level.price()));
    depth.asks().forEach(level -> assertOnGrid(level.price()));
    BigDecimal ask = depth.asks().getFirst().price();
    BigDecimal bid = depth.bids().stream().map(Level::price).findFirst().orElse(BigDecimal.ZERO);
    assertTrue(bid.compareTo(ask) < 0, depth::toString);
  }

  private static void assertOnGrid(BigDecimal price) {
    assertEquals(0, price.remainder(TICK).signum(), price::toString);
  }

  @Test
  void callsFallAndPutsRiseWithTheStrike() {
    QuoteBoard board = new QuoteBoard(List.copyOf(new OptionMarket(SERIES, 5).instruments()));
    ticks(1).forEach(board::apply);
    List<Instrument.Option> options =
        new OptionMarket(SERIES, 5)
            .instruments().stream()
                .filter(one -> one.expiry().equals(LocalDate.of(2025, 7, 29)))
                .toList();
    for (int i = 2; i < options.size(); i++) {
      int change = mark(board, options.get(i)).compareTo(mark(board, options.get(i - 2)));
      assertTrue(
          options.get(i).right() == Instrument.Right.CALL ? change <= 0 : change >= 0,
          options.get(i)::toString);
    }
  }

  private static BigDecimal mark(QuoteBoard board, Instrument option) {
    QuoteState quote = board.quote(option.key());
    assertNotNull(quote);
    Tick.Marks marks = quote.marks();
    assertNotNull(marks);
    BigDecimal price = marks.price();
    assertNotNull(price);
    return price;
  }

  @Property
  boolean callsAndPutsAreAForwardApart(
      @ForAll @DoubleRange(min = 50, max = 200) double strike,
      @ForAll @DoubleRange(min = 0.01, max = 2) double years,
      @ForAll @DoubleRange(min = 0.05, max = 1) double volatility) {
    double call = new Black76(true, 100, strike, years, volatility).price();
    double put = new Black76(false, 100, strike, years, volatility).price();
    return Math.abs(call - put - (100 - strike)) < 1e-4;
  }

  @Test
  void pricesEqualPublishedOnes() {
    // Haug, The Complete Guide to Option Pricing Formulas, 2nd ed.: 1.7011 at a rate of 10 %
    assertEquals(1.7011 * Math.exp(0.075), new Black76(true, 19, 19, 0.75, 0.28).price(), 1e-3);
    assertEquals(0.5, Black76.cdf(0), 1e-7);
    assertEquals(0.975, Black76.cdf(1.959964), 1e-6);
  }
}
