package dev.tapeline.feed.binance;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.BestPrice;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;

/** An exchange's book that changes at random, with all that it has been. */
final class TrueBook {

  private static final Instrument PAIR = Instrument.binance("BTCUSDT");

  private record Moment(List<Level> bids, List<Level> asks, Level changed, boolean isBid) {}

  private final Random random;
  private final NavigableMap<BigDecimal, Level> bids = new TreeMap<>(Comparator.reverseOrder());
  private final NavigableMap<BigDecimal, Level> asks = new TreeMap<>();
  private final List<Moment> moments = new ArrayList<>();
  private int middle = 1000;

  TrueBook(Random random) {
    this.random = random;
  }

  /** The number of the newest change; the first one has 1. */
  long lastId() {
    return moments.size();
  }

  /** Changes one level; the price wanders, so that levels of one side are taken by the other. */
  void change() {
    middle += random.nextInt(3) - 1;
    boolean isBid = random.nextBoolean();
    int price = isBid ? middle - random.nextInt(60) : middle + 1 + random.nextInt(60);
    NavigableMap<BigDecimal, Level> side = isBid ? bids : asks;
    NavigableMap<BigDecimal, Level> other = isBid ? asks : bids;
    BigDecimal crossed = other.isEmpty() ? null : other.firstKey();
    if (crossed != null && (isBid ? crossed.intValue() <= price : crossed.intValue() >= price)) {
      set(other, level(crossed.intValue(), 0), !isBid); // traded away
      return;
    }
    set(side, level(price, random.nextInt(4)), isBid);
  }

  private static Level level(int price, int quantity) {
    return Level.of(price + ".00", quantity + ".000");
  }

  private void set(NavigableMap<BigDecimal, Level> side, Level level, boolean isBid) {
    if (level.isRemoval()) {
      side.remove(level.price());
    } else {
      side.put(level.price(), level);
    }
    moments.add(new Moment(List.copyOf(bids.values()), List.copyOf(asks.values()), level, isBid));
  }

  /** The changes of these numbers as one event: the last quantity of each price. */
  Tick.Depth event(long first, long last) {
    NavigableMap<BigDecimal, Level> changedBids = new TreeMap<>();
    NavigableMap<BigDecimal, Level> changedAsks = new TreeMap<>();
    for (long id = first; id <= last; id++) {
      Moment moment = moments.get((int) id - 1);
      (moment.isBid ? changedBids : changedAsks).put(moment.changed.price(), moment.changed);
    }
    return new Tick.Depth(
        PAIR,
        new Times(last, last),
        false,
        first,
        last,
        List.copyOf(changedBids.values()),
        List.copyOf(changedAsks.values()),
        null);
  }

  Tick.Depth snapshot(long id, int limit) {
    return new Tick.Depth(
        PAIR, Times.UNKNOWN, true, id, id, bids(id, limit), asks(id, limit), null);
  }

  Tick.Quote quote(long id) {
    return new Tick.Quote(
        PAIR,
        Times.UNKNOWN,
        id,
        bids(id, 1).isEmpty() ? null : best(bids(id, 1)),
        asks(id, 1).isEmpty() ? null : best(asks(id, 1)));
  }

  private static BestPrice best(List<Level> levels) {
    return BestPrice.of(levels.getFirst());
  }

  List<Level> bids(long id, int limit) {
    return first(moments.get((int) id - 1).bids, limit);
  }

  List<Level> asks(long id, int limit) {
    return first(moments.get((int) id - 1).asks, limit);
  }

  private static List<Level> first(List<Level> levels, int limit) {
    return levels.subList(0, Math.min(limit, levels.size()));
  }
}
