package dev.tapeline.feed.binance;

import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The book of one symbol after a snapshot and the changes that joined it. Of what it knows it shows
 * the best levels: at least as many as are asked for, twice as many when it begins to. Owned by the
 * thread of its feed.
 */
final class LocalBook {

  private final int count;
  private final BookSide bids;
  private final BookSide asks;
  private long lastId;
  private Times times;

  /**
   * @param limit how many levels a side of the snapshot has at most
   * @param count how many levels a side is to show at least
   */
  LocalBook(Tick.Depth snapshot, int limit, int count) {
    this.count = count;
    this.bids = new BookSide(Comparator.reverseOrder(), snapshot.bids(), limit);
    this.asks = new BookSide(Comparator.naturalOrder(), snapshot.asks(), limit);
    this.lastId = snapshot.lastId();
    this.times = snapshot.times();
  }

  /** Whether a change begins where the book ends, or before. */
  boolean isJoinedBy(Tick.Depth change) {
    return change.firstId() <= lastId + 1;
  }

  /** Takes a change that joins, and returns what is to be shown of it. */
  Tick.Depth apply(Tick.Depth change) {
    lastId = change.lastId();
    times = change.times();
    return new Tick.Depth(
        change.instrument(),
        change.times(),
        false,
        change.firstId(),
        change.lastId(),
        set(bids, change.bids()),
        set(asks, change.asks()),
        change.raw());
  }

  private static List<Level> set(BookSide side, List<Level> levels) {
    List<Level> shown = new ArrayList<>(levels.size());
    for (Level level : levels) {
      if (side.set(level)) {
        shown.add(level);
      }
    }
    return shown;
  }

  /** The levels that are shown from now on. */
  Tick.Depth show(Tick.Depth latest) {
    return new Tick.Depth(
        latest.instrument(),
        new Times(times.exchange(), latest.times().received()),
        true,
        lastId,
        lastId,
        bids.show(2 * count),
        asks.show(2 * count),
        null);
  }

  /** Whether too few or far too many levels are shown. */
  boolean isToBeShownAnew() {
    return bids.isToBeShownAnew(count) || asks.isToBeShownAnew(count);
  }

  /** Whether prices have come so near to the end of what is known that more is needed soon. */
  boolean isShort() {
    return bids.isShort(2 * count) || asks.isShort(2 * count);
  }

  /** Whether prices are beyond what is known. */
  boolean isUnknown() {
    return bids.isUnknown() || asks.isUnknown();
  }

  /** Whether somebody bids what somebody asks, which no exchange leaves in its book. */
  boolean isCrossed() {
    Level bid = bids.best();
    Level ask = asks.best();
    return bid != null && ask != null && price(bid).compareTo(price(ask)) >= 0;
  }

  private static BigDecimal price(Level level) {
    return level.price();
  }

  @Nullable Level bestBid() {
    return bids.best();
  }

  @Nullable Level bestAsk() {
    return asks.best();
  }

  /** The number of the last change in it. */
  long lastId() {
    return lastId;
  }
}
