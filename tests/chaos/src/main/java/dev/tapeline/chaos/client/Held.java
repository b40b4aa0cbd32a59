package dev.tapeline.chaos.client;

import dev.tapeline.chaos.history.Event;
import dev.tapeline.core.Position;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The positions that a client holds, from its frames, and its newest payloads. */
final class Held {

  private final Map<String, Position> positions = new HashMap<>();

  private final Map<String, String> newest = new HashMap<>();

  /** Advances by an event that the client saw. */
  void on(Event.Seen event) {
    String channel = event.channel();
    switch (event) {
      case Event.Data e -> take(channel, e.epoch(), e.seq(), e.digest());
      case Event.Merged e -> take(channel, e.epoch(), e.seq(), e.digest());
      case Event.Snapshot e -> take(channel, e.epoch(), e.seq(), e.digest());
      case Event.Gap e -> advance(channel, null, e.to());
      case Event.Epoch e -> place(channel, e.position());
      case Event.Asked _, Event.Subscribed _, Event.Mode _ -> {
        // no position, or a position that the subscriber sets itself
      }
    }
  }

  private void take(String channel, @Nullable String epoch, long seq, String digest) {
    newest.put(channel, digest);
    advance(channel, epoch, seq);
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

  /** Advances to a number, in the epoch of the frame or in the held one. */
  private void advance(String channel, @Nullable String epoch, long seq) {
    Position held = positions.get(channel);
    String in = epoch != null ? epoch : held == null ? null : held.epoch();
    if (in != null) {
      positions.put(channel, new Position(in, seq));
    }
  }
}
