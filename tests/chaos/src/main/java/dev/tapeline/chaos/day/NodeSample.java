package dev.tapeline.chaos.day;

import java.util.Map;

/**
 * What a node holds at a moment.
 *
 * @param heap bytes in use after a collection
 * @param direct bytes of buffers outside of the heap
 * @param threads the number of platform threads by name, numbers in names replaced by a star
 * @param handles the number of open file handles by what they lead to
 */
record NodeSample(
    long heap, long direct, Map<String, Integer> threads, Map<String, Integer> handles) {

  NodeSample {
    threads = Map.copyOf(threads);
    handles = Map.copyOf(handles);
  }

  static int sum(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  @Override
  public String toString() {
    return "heap %.1f MB, direct %.1f MB, %d threads, %d handles"
        .formatted(heap / 1e6, direct / 1e6, sum(threads), sum(handles));
  }
}
