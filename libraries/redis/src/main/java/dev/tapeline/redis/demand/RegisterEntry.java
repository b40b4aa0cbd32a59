package dev.tapeline.redis.demand;

import org.jspecify.annotations.Nullable;

/**
 * What the register says of a node.
 *
 * @param millis when it was told last, by the clock of Redis
 * @param seq the number of its last change
 * @param first the changes after this one can be read; see {@link #isWhole} and {@link #hasLeft}
 */
record RegisterEntry(String node, long millis, long seq, long first) {

  private static final int FIELDS = 4;

  /** Reads an entry; null if it is not one of a node. */
  static @Nullable RegisterEntry parse(String node, String text) {
    String[] parts = text.split(" ", -1);
    if (node.isEmpty() || parts.length != FIELDS) {
      return null;
    }
    try {
      return new RegisterEntry(
          node, Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Whether it has told all that it wants; otherwise it is about to. */
  boolean isWhole() {
    return first > 0;
  }

  /** Whether the node has taken its wishes back and ended. */
  boolean hasLeft() {
    return first < 0;
  }
}
