package dev.tapeline.feed.binance;

import dev.tapeline.market.tick.Level;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One side of a {@link LocalBook}. Two prices bound it: beyond the one nothing is known, as the
 * snapshot ended there; beyond the other nothing is shown. Owned by the thread of its feed.
 */
final class BookSide {

  private static final int MAX_LEVELS = 20_000;

  private final Comparator<BigDecimal> bestFirst;
  private final NavigableMap<BigDecimal, Level> levels;

  /** The worst price up to which all levels are known; null if all are. */
  private @Nullable BigDecimal knownTo;

  /** The worst price up to which levels are shown; null if all are. */
  private @Nullable BigDecimal shownTo;

  private int shown;

  /**
   * @param limit how many levels a snapshot has at most: one with as many has left out others
   */
  BookSide(Comparator<BigDecimal> bestFirst, List<Level> snapshot, int limit) {
    this.bestFirst = bestFirst;
    this.levels = new TreeMap<>(bestFirst);
    for (Level level : snapshot) {
      set(level);
    }
    if (snapshot.size() >= limit && !levels.isEmpty()) {
      knownTo = levels.lastKey();
    }
  }

  /**
   * Sets or removes a level, unless it is beyond what is known.
   *
   * @return whether it is to be shown
   */
  boolean set(Level level) {
    BigDecimal price = level.price();
    if (isBeyond(price, knownTo)) {
      return false;
    }
    Level before = level.isRemoval() ? levels.remove(price) : levels.put(price, level);
    boolean isShown = !isBeyond(price, shownTo);
    if (isShown) {
      shown += (level.isRemoval() ? 0 : 1) - (before == null ? 0 : 1);
    }
    if (levels.size() > MAX_LEVELS) {
      dropWorst();
    }
    return isShown;
  }

  private void dropWorst() {
    BigDecimal dropped = levels.pollLastEntry().getKey();
    if (!isBeyond(dropped, shownTo)) {
      shown--;
    }
    knownTo = levels.lastKey();
  }

  private boolean isBeyond(BigDecimal price, @Nullable BigDecimal bound) {
    return bound != null && bestFirst.compare(price, bound) > 0;
  }

  /** Shows the best levels from now on, as many as this, and returns them. */
  List<Level> show(int count) {
    List<Level> best = best(count);
    shown = best.size();
    shownTo = best.size() < levels.size() ? best.getLast().price() : knownTo;
    return best;
  }

  /** The best levels, at most as many as this. */
  List<Level> best(int count) {
    return levels.values().stream().limit(count).toList();
  }

  @Nullable Level best() {
    return levels.isEmpty() ? null : levels.firstEntry().getValue();
  }

  /** Whether another number of levels should be shown to have at least this many. */
  boolean isToBeShownAnew(int count) {
    return (shown < count && shown < levels.size()) || shown > 4 * count;
  }

  /** Whether no level is known although there may be some. */
  boolean isUnknown() {
    return knownTo != null && levels.isEmpty();
  }

  /** Whether fewer levels than this are known although there may be more. */
  boolean isShort(int count) {
    return knownTo != null && levels.size() < count;
  }
}
