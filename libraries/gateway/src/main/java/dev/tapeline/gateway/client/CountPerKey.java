package dev.tapeline.gateway.client;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts per key, with a maximum. May be used from any thread. */
public final class CountPerKey<K> {

  private final Map<K, Integer> counts = new ConcurrentHashMap<>();

  /** Counts one more, unless there are as many as may be. */
  public boolean add(K key, int max) {
    boolean[] admitted = {false};
    counts.compute(
        key,
        (any, count) -> {
          int now = count == null ? 0 : count;
          admitted[0] = now < max;
          return admitted[0] ? Integer.valueOf(now + 1) : count;
        });
    return admitted[0];
  }

  public void remove(K key) {
    counts.computeIfPresent(key, (any, count) -> count == 1 ? null : count - 1);
  }

  /** How many keys have a count. */
  public int keys() {
    return counts.size();
  }
}
