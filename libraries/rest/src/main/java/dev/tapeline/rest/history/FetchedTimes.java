package dev.tapeline.rest.history;

import dev.tapeline.market.bar.Bar;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;

/** Finds the candles that were made of bars of a vendor's own history. */
final class FetchedTimes {

  private FetchedTimes() {}

  /**
   * The times of the candles that have such parts, or are such bars.
   *
   * @param candles in order of time
   * @param parts the times of the bars that were fetched
   */
  static Set<Long> among(List<Bar> candles, NavigableSet<Long> parts) {
    Set<Long> found = new HashSet<>();
    if (parts.isEmpty()) {
      return found;
    }
    TreeMap<Long, Bar> byTime = new TreeMap<>();
    candles.forEach(bar -> byTime.put(bar.time(), bar));
    for (long part : parts) {
      Long time = byTime.floorKey(part);
      if (time != null) {
        found.add(time);
      }
    }
    return found;
  }
}
