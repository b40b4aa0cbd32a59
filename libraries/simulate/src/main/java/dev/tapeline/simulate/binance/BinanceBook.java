package dev.tapeline.simulate.binance;

import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Tick;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The changes of a symbol's book since they were last told, at one speed. A book that is replaced
 * becomes a change too: Binance has no other. Owned by the server's loop.
 */
final class BinanceBook {

  private final NavigableMap<BigDecimal, Level> bids = new TreeMap<>(Comparator.reverseOrder());
  private final NavigableMap<BigDecimal, Level> asks = new TreeMap<>();
  private final NavigableMap<BigDecimal, Level> changedBids =
      new TreeMap<>(Comparator.reverseOrder());
  private final NavigableMap<BigDecimal, Level> changedAsks = new TreeMap<>();
  private long firstId;
  private long lastId;

  /** The changes from an id to another. */
  record Changes(long firstId, long lastId, List<Level> bids, List<Level> asks) {}

  void apply(Tick.Depth depth) {
    if (depth.snapshot()) {
      dropOthers(bids, changedBids, depth.bids());
      dropOthers(asks, changedAsks, depth.asks());
    }
    depth.bids().forEach(level -> set(bids, changedBids, level));
    depth.asks().forEach(level -> set(asks, changedAsks, level));
    firstId = firstId == 0 ? (lastId == 0 ? depth.firstId() : lastId + 1) : firstId;
    lastId = depth.lastId();
  }

  private static void dropOthers(
      NavigableMap<BigDecimal, Level> side,
      NavigableMap<BigDecimal, Level> changed,
      List<Level> kept) {
    List<BigDecimal> prices = kept.stream().map(Level::price).toList();
    for (BigDecimal price : List.copyOf(side.keySet())) {
      if (!prices.contains(price)) {
        set(side, changed, new Level(price, BigDecimal.ZERO));
      }
    }
  }

  private static void set(
      NavigableMap<BigDecimal, Level> side, NavigableMap<BigDecimal, Level> changed, Level level) {
    changed.put(level.price(), level);
    if (level.isRemoval()) {
      side.remove(level.price());
    } else {
      side.put(level.price(), level);
    }
  }

  boolean hasChanged() {
    return firstId != 0;
  }

  /** Takes the changes; they begin anew. */
  Changes take() {
    Changes changes =
        new Changes(
            firstId,
            lastId,
            new ArrayList<>(changedBids.values()),
            new ArrayList<>(changedAsks.values()));
    firstId = 0;
    changedBids.clear();
    changedAsks.clear();
    return changes;
  }
}
