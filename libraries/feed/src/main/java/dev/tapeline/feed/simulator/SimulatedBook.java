package dev.tapeline.feed.simulator;

import dev.tapeline.feed.simulator.SimulatedQuote.DepthLevel;
import dev.tapeline.feed.simulator.SimulatedQuote.DepthView;
import dev.tapeline.market.tick.BestPrice;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The book of one simulated instrument, in ticks and lots, and the changes since it was last passed
 * on.
 */
final class SimulatedBook {

  static final int LEVELS = 10;
  private static final long TYPICAL_LOTS = 400;

  private final Units units;
  private final NavigableMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
  private final NavigableMap<Long, Long> asks = new TreeMap<>();
  private final Map<Long, Long> changedBids = new TreeMap<>(Comparator.reverseOrder());
  private final Map<Long, Long> changedAsks = new TreeMap<>();
  private long updateId;

  SimulatedBook(Units units) {
    this.units = units;
  }

  long bid() {
    return bids.firstKey();
  }

  long ask() {
    return asks.firstKey();
  }

  /** Moves the best prices; levels that stay keep their size, but for a few. */
  void quote(long bid, long ask, Noise noise) {
    shift(bids, changedBids, bid, -1, noise);
    shift(asks, changedAsks, ask, 1, noise);
  }

  private void shift(
      NavigableMap<Long, Long> side, Map<Long, Long> changed, long best, int away, Noise noise) {
    List<Long> prices = prices(best, away);
    for (long old : List.copyOf(side.keySet())) {
      if (!prices.contains(old)) {
        side.remove(old);
        changed.put(old, 0L);
      }
    }
    for (long price : prices) {
      if (!side.containsKey(price) || noise.chance(0.1)) {
        long lots = noise.skewed(TYPICAL_LOTS);
        side.put(price, lots);
        changed.put(price, lots);
      }
    }
  }

  /** The best price, then the round ones beyond it. */
  private List<Long> prices(long best, int away) {
    List<Long> prices = new ArrayList<>(LEVELS);
    prices.add(best);
    long step = units.levelStep();
    long round = away < 0 ? Math.floorDiv(best - 1, step) : Math.floorDiv(best, step) + 1;
    for (int i = 0; i < LEVELS - 1; i++) {
      prices.add((round + (long) i * away) * step);
    }
    return prices;
  }

  /**
   * Takes from the best level of a side, and always leaves a lot there.
   *
   * @return how many lots were taken
   */
  long take(boolean fromAsks, long wanted) {
    NavigableMap<Long, Long> side = fromAsks ? asks : bids;
    Map.Entry<Long, Long> best = side.firstEntry();
    long taken = Math.min(wanted, best.getValue() - 1);
    if (taken > 0) {
      side.put(best.getKey(), best.getValue() - taken);
      (fromAsks ? changedAsks : changedBids).put(best.getKey(), best.getValue() - taken);
    }
    return taken;
  }

  /** Forgets all levels, as between two sessions. */
  void clear() {
    bids.clear();
    asks.clear();
  }

  /** Adds the whole book. */
  void tellWhole(Times times, List<Tick> out) {
    changedBids.clear();
    changedAsks.clear();
    updateId++;
    out.add(depth(times, true, updateId, levels(bids), levels(asks)));
    out.add(quoteTick(times));
  }

  /** Adds the changes since the last time, if there are any. */
  void tellChanges(Times times, List<Tick> out) {
    int count = changedBids.size() + changedAsks.size();
    if (count == 0) {
      return;
    }
    long first = updateId + 1;
    updateId += count;
    out.add(depth(times, false, first, levels(changedBids), levels(changedAsks)));
    changedBids.clear();
    changedAsks.clear();
    out.add(quoteTick(times));
  }

  /** The book as it is now. */
  DepthView view() {
    return new DepthView(total(bids), total(asks), best(bids), best(asks));
  }

  private BigDecimal total(Map<Long, Long> side) {
    return units.quantity(side.values().stream().mapToLong(Long::longValue).sum());
  }

  private List<DepthLevel> best(Map<Long, Long> side) {
    return side.entrySet().stream()
        .limit(DepthView.LEVELS)
        .map(entry -> DepthLevel.of(units, entry.getKey(), entry.getValue()))
        .toList();
  }

  private Tick depth(Times times, boolean whole, long first, List<Level> bids, List<Level> asks) {
    return new Tick.Depth(units.instrument(), times, whole, first, updateId, bids, asks, null);
  }

  private Tick quoteTick(Times times) {
    return new Tick.Quote(
        units.instrument(),
        times,
        updateId,
        BestPrice.of(level(bids.firstEntry())),
        BestPrice.of(level(asks.firstEntry())));
  }

  private List<Level> levels(Map<Long, Long> side) {
    return side.entrySet().stream().map(this::level).toList();
  }

  private Level level(Map.Entry<Long, Long> entry) {
    return new Level(units.price(entry.getKey()), units.quantity(entry.getValue()));
  }
}
