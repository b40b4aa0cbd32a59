package dev.tapeline.chaos.client;

import dev.tapeline.core.Position;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The positions that a client holds, by what it was told, and its newest payloads. */
final class Held {

  private final Map<String, Position> positions = new HashMap<>();

  private final Map<String, String> newest = new HashMap<>();

  void take(String channel, String digest) {
    newest.put(channel, digest);
  }

  boolean isNewest(String channel, String digest) {
    return digest.equals(newest.get(channel));
  }

  @Nullable Position of(String channel) {
    return positions.get(channel);
  }

  void place(String channel, Position position) {
    positions.put(channel, position);
  }

  void forget(String channel) {
    positions.remove(channel);
  }

  /** Goes on to a number, in the epoch that the frame names, or in the one held. */
  void advance(String channel, @Nullable String epoch, long seq) {
    Position held = positions.get(channel);
    String in = epoch != null ? epoch : held == null ? null : held.epoch();
    if (in != null) {
      positions.put(channel, new Position(in, seq));
    }
  }
}
