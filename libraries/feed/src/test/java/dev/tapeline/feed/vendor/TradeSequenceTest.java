package dev.tapeline.feed.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Side;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TradeSequenceTest {

  private static final Instrument PAIR = Instrument.binance("BTCUSDT");

  private final TradeSequence trades = new TradeSequence();
  private final List<Tick> out = new ArrayList<>();

  @Test
  void tradesThatComeTwiceArePassedOnOnce() {
    trade(5);
    trade(6);
    trade(5);
    trade(6);
    trade(7);
    assertEquals(List.of("5 1", "6 1", "7 1"), passed());
  }

  @Test
  void theOrderOfTwoConnectionsIsPutRight() {
    trade(5);
    trade(7);
    trade(8);
    assertEquals(List.of("5 1"), passed());
    assertTrue(trades.isHolding());
    trade(6);
    assertEquals(List.of("5 1", "6 1", "7 1", "8 1"), passed());
    assertFalse(trades.isHolding());
    assertEquals(0, trades.lost());
  }

  @Test
  void ofAnAggregateOnlyWhatWasMissingIsPassedOn() {
    trade(5);
    trade(6);
    trade(9);
    fetched(new TradeRange(6, 9, BigDecimal.TWO, new BigDecimal("10"), 3, Side.BUY));
    assertEquals(List.of("5 1", "6 1", "8 8", "9 1"), passed());
    assertEquals(2, trades.filled());
  }

  @Test
  void whatFetchingDoesNotBringIsLost() {
    trade(5);
    trade(9);
    fetched(new TradeRange(7, 7, BigDecimal.TWO, BigDecimal.ONE, 3, null));
    assertTrue(trades.isHolding());
    trades.giveUp(out::add);
    assertEquals(List.of("5 1", "7 1", "9 1"), passed());
    assertEquals(2, trades.lost());
  }

  @Test
  void whatIsHeldHasALimit() {
    trade(1);
    for (int id = 0; id < TradeSequence.MAX_MISSING; id++) {
      trade(3 + id);
    }
    assertFalse(trades.isHolding());
    assertEquals(1 + TradeSequence.MAX_MISSING, out.size());
    assertEquals(1, trades.lost());
  }

  /**
   * Trades with some left out, doubled and late, and aggregates of all of them: what is passed on
   * has rising ids, and in all the quantity of all trades.
   */
  @Property(tries = 500)
  void nothingIsLostOrDoubled(@ForAll long seed) {
    Random random = new Random(seed);
    int count = 200;
    BigDecimal[] quantities = new BigDecimal[count + 1];
    BigDecimal total = BigDecimal.ZERO;
    for (int id = 1; id <= count; id++) {
      quantities[id] = new BigDecimal(1 + random.nextInt(9));
      total = total.add(quantities[id]);
    }
    List<TradeRange> aggregates = aggregates(random, quantities);
    TradeSequence trades = new TradeSequence();
    List<Tick> out = new ArrayList<>();
    trades.onTrade(trade(1, quantities[1]), true, out::add);
    int last = 1;
    for (int id = 2; id < count; id++) {
      if (random.nextInt(3) != 0) {
        trades.onTrade(trade(id, quantities[id]), true, out::add);
        last = id;
      }
      if (random.nextInt(10) == 0) {
        int older = Math.max(1, id - random.nextInt(10));
        trades.onTrade(trade(older, quantities[older]), true, out::add);
        last = Math.max(last, older);
      }
      if (trades.isHolding() && random.nextInt(5) == 0) {
        trades.onFetched(PAIR, upTo(aggregates, last), 1, out::add);
      }
    }
    trades.onTrade(trade(count, quantities[count]), true, out::add);
    trades.onFetched(PAIR, aggregates, 1, out::add);
    List<Long> ids = out.stream().map(tick -> ((Tick.Trade) tick).id()).toList();
    assertEquals(ids.stream().sorted().distinct().toList(), ids);
    assertEquals(0, trades.lost());
    assertEquals(
        total, out.stream().map(TradeSequenceTest::quantity).reduce(BigDecimal::add).get());
  }

  private static List<TradeRange> aggregates(Random random, BigDecimal[] quantities) {
    List<TradeRange> aggregates = new ArrayList<>();
    for (int first = 1; first < quantities.length; ) {
      int last = Math.min(quantities.length - 1, first + random.nextInt(4));
      BigDecimal sum = BigDecimal.ZERO;
      for (int id = first; id <= last; id++) {
        sum = sum.add(quantities[id]);
      }
      aggregates.add(new TradeRange(first, last, BigDecimal.ONE, sum, 1, null));
      first = last + 1;
    }
    return aggregates;
  }

  /** The aggregates whose trades have all been made when this one was seen. */
  private static List<TradeRange> upTo(List<TradeRange> aggregates, long last) {
    return aggregates.stream().filter(aggregate -> aggregate.last() <= last).toList();
  }

  private void trade(long id) {
    trades.onTrade(trade(id, BigDecimal.ONE), true, out::add);
  }

  private static Tick.Trade trade(long id, BigDecimal quantity) {
    return new Tick.Trade(PAIR, new Times(1, 1), id, BigDecimal.ONE, quantity, null, null);
  }

  private void fetched(TradeRange aggregate) {
    trades.onFetched(PAIR, List.of(aggregate), 1, out::add);
  }

  private static BigDecimal quantity(Tick tick) {
    return Objects.requireNonNull(((Tick.Trade) tick).quantity());
  }

  private List<String> passed() {
    return out.stream()
        .map(Tick.Trade.class::cast)
        .map(trade -> "%d %s".formatted(trade.id(), trade.quantity()))
        .toList();
  }
}
