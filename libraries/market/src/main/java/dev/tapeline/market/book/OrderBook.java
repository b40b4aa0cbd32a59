package dev.tapeline.market.book;

import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Tick;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The order book of one instrument, built from a snapshot and the changes after it.
 *
 * <p>Numbered changes must join: each begins at or before the number after the last one applied. A
 * later beginning means that a change was missed; the book is then void until a snapshot. Changes
 * that came before the snapshot they belong to are kept, the newest {@value #MAX_RECENT} of them,
 * and applied on top of it. Changes without numbers are applied as they come.
 *
 * <p>Not thread-safe: owned by the thread that applies.
 */
public final class OrderBook {

  /** The outcome of a change or a snapshot. */
  public enum Outcome {
    /** The change was applied to the book. */
    APPLIED,
    /** The book was replaced by a snapshot, with the changes since on top. */
    REPLACED,
    /** The change is kept until the snapshot comes. */
    WAITING,
    /** The change is older than the book, and was ignored. */
    STALE,
    /** A change was missed; the book is void until a snapshot. */
    GAP
  }

  /** The possible beginnings of a book with numbered changes. */
  public enum Start {
    /** From a snapshot only. */
    SNAPSHOT,
    /** From the first change seen, taken as made to an empty book. */
    EMPTY
  }

  static final int MAX_RECENT = 256;
  private static final int MAX_LEVELS = 20_000;

  private final NavigableMap<BigDecimal, Level> bids = new TreeMap<>(Comparator.reverseOrder());
  private final NavigableMap<BigDecimal, Level> asks = new TreeMap<>();
  private final Deque<Tick.Depth> recent = new ArrayDeque<>();
  private final Start start;
  private boolean whole;
  private boolean begun;
  private long lastId;
  private long gaps;
  private long trimmed;

  public OrderBook(Start start) {
    this.start = start;
  }

  public Outcome apply(Tick.Depth depth) {
    if (depth.snapshot()) {
      return replace(depth);
    }
    if (!depth.isNumbered()) {
      merge(depth);
      return Outcome.APPLIED;
    }
    if (start == Start.EMPTY && (!begun || depth.firstId() <= 1)) {
      reset();
      merge(depth);
      return Outcome.APPLIED;
    }
    return join(depth);
  }

  private Outcome join(Tick.Depth depth) {
    if (whole && depth.lastId() <= lastId) {
      return Outcome.STALE;
    }
    remember(depth);
    if (!whole) {
      return Outcome.WAITING;
    }
    return extend(depth) ? Outcome.APPLIED : Outcome.GAP;
  }

  private void remember(Tick.Depth depth) {
    if (recent.size() == MAX_RECENT) {
      recent.removeFirst();
    }
    recent.addLast(depth);
  }

  private Outcome replace(Tick.Depth snapshot) {
    bids.clear();
    asks.clear();
    merge(snapshot);
    for (Tick.Depth depth : recent) {
      if (depth.lastId() > lastId && !extend(depth)) {
        return Outcome.GAP;
      }
    }
    return Outcome.REPLACED;
  }

  private boolean extend(Tick.Depth depth) {
    if (depth.firstId() > lastId + 1) {
      gaps++;
      whole = false;
      bids.clear();
      asks.clear();
      return false;
    }
    merge(depth);
    return true;
  }

  private void merge(Tick.Depth depth) {
    depth.bids().forEach(level -> set(bids, level));
    depth.asks().forEach(level -> set(asks, level));
    lastId = depth.lastId();
    whole = true;
    begun = true;
  }

  private void set(NavigableMap<BigDecimal, Level> side, Level level) {
    if (level.isRemoval()) {
      side.remove(level.price());
      return;
    }
    side.put(level.price(), level);
    if (side.size() > MAX_LEVELS) {
      side.pollLastEntry();
      trimmed++;
    }
  }

  /** Forgets everything; the book is as before the first change. */
  public void reset() {
    bids.clear();
    asks.clear();
    recent.clear();
    whole = false;
    begun = false;
    lastId = 0;
  }

  /** Whether the book equals the exchange's, as far as is known; otherwise it is empty. */
  public boolean isWhole() {
    return whole;
  }

  /** The number of the last change in the book; 0 if changes aren't numbered. */
  public long lastId() {
    return lastId;
  }

  /** The best bids, highest first, at most {@code limit}. */
  public List<Level> bids(int limit) {
    return bids.values().stream().limit(limit).toList();
  }

  /** The best asks, lowest first, at most {@code limit}. */
  public List<Level> asks(int limit) {
    return asks.values().stream().limit(limit).toList();
  }

  /** How often something was missed. */
  public long gaps() {
    return gaps;
  }

  /** The number of worst levels dropped because a side had too many. */
  public long trimmed() {
    return trimmed;
  }
}
