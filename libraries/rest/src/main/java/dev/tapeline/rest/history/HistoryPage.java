package dev.tapeline.rest.history;

import java.util.List;

/**
 * A page of rows, in order of time.
 *
 * @param hasOlder whether the range has rows before these
 * @param hasNewer whether the range has rows behind these
 */
public record HistoryPage<T>(List<T> rows, boolean hasOlder, boolean hasNewer) {

  /** A page of nothing. */
  static <T> HistoryPage<T> empty() {
    return new HistoryPage<>(List.of(), false, false);
  }

  /**
   * The page of what was read.
   *
   * @param read in the order of the range; one more than the limit if there are more
   */
  static <T> HistoryPage<T> of(List<T> read, TimeRange range, int limit) {
    boolean more = read.size() > limit;
    List<T> some = more ? read.subList(0, limit) : read;
    return range.isFromStart()
        ? new HistoryPage<>(some, false, more)
        : new HistoryPage<>(some.reversed(), more, false);
  }
}
