package dev.tapeline.feed.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An id that was misread stops nothing for long, and costs no other trade. */
class DoubtTest {

  private static final Instrument PAIR = Instrument.binance("BTCUSDT");
  private static final long FAR = 1_000_000;

  private final TradeSequence trades = new TradeSequence();
  private final List<Tick> out = new ArrayList<>();

  private void trade(long id, long time) {
    trades.onTrade(
        new Tick.Trade(PAIR, new Times(time, time), id, BigDecimal.ONE, BigDecimal.ONE, null, null),
        true,
        out::add);
  }

  private void range(long first, long last, long time) {
    TradeRange range = new TradeRange(first, last, BigDecimal.ONE, BigDecimal.TEN, time, null);
    trades.onRange(PAIR, range, time, out::add);
  }

  private List<Long> passed() {
    return out.stream().map(tick -> ((Tick.Trade) tick).id()).toList();
  }

  @Test
  void afterThreeLaterTradesWithLowerIdsTheSequenceGoesBack() {
    trade(5, 5);
    trade(6 + FAR, 6);
    trade(7, 7);
    trade(8, 8);
    assertEquals(List.of(5L, 6 + FAR), passed());
    trade(9, 9);
    trade(10, 10);
    assertEquals(List.of(5L, 6 + FAR, 7L, 8L, 9L, 10L), passed());
    assertEquals(1, trades.misread());
    assertEquals(0, trades.lost());
  }

  @Test
  void theFirstTradeOfAllCanBeMisread() {
    trade(5 + FAR, 5);
    trade(6, 6);
    trade(7, 7);
    trade(8, 8);
    assertEquals(List.of(5 + FAR, 6L, 7L, 8L), passed());
    assertEquals(1, trades.misread());
  }

  @Test
  void theQuantityOfAMisreadTradeIsNotPassedOnAgain() {
    trade(5, 5);
    trade(6 + FAR, 6);
    trade(7, 7);
    trade(8, 8);
    trade(9, 9);
    trade(11, 11);
    TradeRange all = new TradeRange(6, 11, BigDecimal.ONE, new BigDecimal(6), 11, null);
    trades.onFetched(PAIR, List.of(all), 11, out::add);
    assertEquals(List.of(5L, 6 + FAR, 7L, 8L, 9L, 10L, 11L), passed());
    BigDecimal sum =
        out.stream()
            .map(tick -> ((Tick.Trade) tick).quantity())
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    assertEquals(new BigDecimal(7), sum);
  }

  @Test
  void tradesThatAreOnlyLateRefuteNothing() {
    trade(5, 5);
    trade(20 + FAR, 20);
    for (int id = 6; id <= 20; id++) {
      trade(id, id);
    }
    assertEquals(List.of(5L, 20 + FAR), passed());
    assertEquals(0, trades.misread());
  }

  @Test
  void aJumpThatGoesOnIsTrue() {
    trade(5, 5);
    trade(6 + FAR, 6);
    trade(7 + FAR, 7);
    for (int id = 8; id <= 20; id++) {
      trade(id, id);
    }
    assertEquals(List.of(5L, 6 + FAR, 7 + FAR), passed());
    assertEquals(0, trades.misread());
  }

  @Test
  void rangesGoBackToo() {
    range(1, 5, 5);
    range(6, 8 + FAR, 8);
    range(9, 9, 9);
    range(10, 12, 12);
    assertEquals(2, out.size());
    range(13, 14, 14);
    range(15, 15, 15);
    assertEquals(List.of(5L, 8 + FAR, 14L, 15L), passed());
    assertEquals(1, trades.misread());
  }

  @Test
  void theSingleTradesOfARangeRefuteNothing() {
    range(1, 5, 5);
    trade(3, 6);
    trade(4, 6);
    trade(5, 6);
    trade(6, 7);
    assertEquals(List.of(5L, 6L), passed());
    assertTrue(trades.misread() == 0 && trades.lost() == 0, () -> out.toString());
  }
}
