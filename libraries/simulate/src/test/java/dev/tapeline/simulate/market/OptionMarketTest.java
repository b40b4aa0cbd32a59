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
}
