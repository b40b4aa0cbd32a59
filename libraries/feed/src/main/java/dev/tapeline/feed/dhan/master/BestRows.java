package dev.tapeline.feed.dhan.master;

import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Keeps the best of the rows that a search finds, up to a limit: by rank, then the shorter symbol,
 * then the symbol. Owned by the thread that searches.
 */
final class BestRows {

  private static final int LENGTH_SHIFT = Integer.SIZE;
  private static final int RANK_SHIFT = 48;

  private final TextColumn symbols;
  private final IntPredicate terms;
  private final int limit;
  private final PriorityQueue<Long> worstFirst = new PriorityQueue<>(Comparator.reverseOrder());
  private final Set<Integer> kept = new HashSet<>();

  /**
   * Creates an empty one.
   *
   * @param terms which rows it takes
   */
  BestRows(TextColumn symbols, IntPredicate terms, int limit) {
    this.symbols = symbols;
    this.terms = terms;
    this.limit = limit;
  }

  /** Whether rows of a worse rank than all so far have no place. */
  boolean isFull() {
    return kept.size() >= limit;
  }

  /**
   * Takes a row, unless it has been taken with a better rank, or all that are kept are better.
   * Ranks come in their order, the best first; a row that was displaced is not offered again.
   */
  void add(int rank, int row) {
    long place = (long) rank << RANK_SHIFT | (long) symbols.length(row) << LENGTH_SHIFT | row;
    if (isFull() && (limit == 0 || place >= worstFirst.element())) {
      return;
    }
    if (terms.test(row) && kept.add(row)) {
      worstFirst.add(place);
      if (kept.size() > limit) {
        kept.remove((int) (long) worstFirst.remove());
      }
    }
  }

  /** The rows, the best first. */
  IntStream inOrder() {
    return worstFirst.stream().sorted().mapToInt(Long::intValue);
  }
}
