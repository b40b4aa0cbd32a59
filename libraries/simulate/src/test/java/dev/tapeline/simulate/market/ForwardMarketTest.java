package dev.tapeline.simulate.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.simulate.Scripted;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForwardMarketTest {

  private static final Instrument ETHER =
      new Instrument.Pair(
          new Reference("ETH-PERPETUAL", "DERIBIT", "E", "Ether", new BigDecimal("0.05")));
  private static final ForwardSeries SERIES =
      new ForwardSeries(
          "SIM:BTC_USDT",
          List.of(new ForwardSeries.Forward(ETHER, new BigDecimal("0.04"), new BigDecimal("10"))));

  private static List<Tick> ticks(int steps) {
    DerivativesMarket market = SERIES.open(5);
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      ticks.addAll(market.step(new BigDecimal(62_000 + i), Scripted.NOW + i * 50L));
    }
    return ticks;
  }

  @Test
  void theSameSeedGivesTheSameTicks() {
    assertEquals(ticks(50), ticks(50));
  }

  @Test
  void quotesLieAroundTheFollowedPriceAndTradesOnThem() {
    List<Tick> ticks = ticks(200);
    BigDecimal bid = BigDecimal.ZERO;
    BigDecimal ask = BigDecimal.ZERO;
    int trades = 0;
    for (Tick tick : ticks) {
      if (tick instanceof Tick.Depth depth) {
        bid = depth.bids().getFirst().price();
        ask = depth.asks().getFirst().price();
        assertEquals(new BigDecimal("0.10"), ask.subtract(bid));
      } else if (tick instanceof Tick.Trade trade) {
        trades++;
        assertTrue(trade.price().equals(bid) || trade.price().equals(ask), trade::toString);
        assertEquals(0, trade.quantity().remainder(BigDecimal.TEN).signum());
      }
    }
    assertEquals(new BigDecimal("2487.90"), bid); // 62,199 times 0.04 is 2,487.96
    assertTrue(trades > 10, "few trades: " + trades);
  }

  @Test
  void aMarketThatHasThemNeedsNoOthers() {
    assertTrue(SERIES.areIn(List.of(ETHER)));
    assertEquals(List.of(ETHER), SERIES.open(1).instruments());
  }
}
