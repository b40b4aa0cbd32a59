package dev.tapeline.simulate.dhan;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** Counts what clients do wrong, by kind. Owned by the server's loop. */
final class DhanCounters {

  private final Map<String, Long> counts = new TreeMap<>();

  /** Counts one of a kind; kinds are constants, so that there are few. */
  void count(String kind) {
    counts.merge(kind, 1L, Long::sum);
  }

  void describe(ObjectNode out) {
    counts.forEach(out::put);
  }
}
