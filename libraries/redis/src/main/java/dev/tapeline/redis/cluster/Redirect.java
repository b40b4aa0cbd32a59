package dev.tapeline.redis.cluster;

import io.lettuce.core.cluster.SlotHash;
import org.jspecify.annotations.Nullable;

/**
 * The node to which a node of a cluster redirects a command.
 *
 * @param host empty for that of the node that says so
 * @param asking whether for this command alone, after an ASKING
 */
record Redirect(int slot, String host, int port, boolean asking) {

  private static final int MAX_PORT = 0xffff;

  /** Reads {@code MOVED 3999 127.0.0.1:6381} or {@code ASK} in its place; null for other errors. */
  static @Nullable Redirect parse(@Nullable String error) {
    if (error == null || !(error.startsWith("MOVED ") || error.startsWith("ASK "))) {
      return null;
    }
    String[] words = error.split(" ", 3);
    int colon = words[words.length - 1].lastIndexOf(':');
    if (words.length < 3 || colon < 0) {
      return null;
    }
    try {
      int slot = Integer.parseInt(words[1]);
      int port = Integer.parseInt(words[2].substring(colon + 1).strip());
      boolean possible = slot >= 0 && slot < SlotHash.SLOT_COUNT && port >= 0 && port <= MAX_PORT;
      return possible
          ? new Redirect(slot, words[2].substring(0, colon), port, words[0].equals("ASK"))
          : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
