package dev.tapeline.protocols.events;

import dev.tapeline.core.Position;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A stream's position in the {@code id} of its events: {@code HASH;EPOCH.SEQ,,EPOCH.SEQ}. Each
 * channel of the request has a place, in order; it is empty if the channel can't be recovered. The
 * hash is that of the channels' names, so that the id of another stream is ignored.
 */
final class EventId {

  private static final String NOWHERE = "";

  private EventId() {}

  /**
   * @param held the position in a channel; null if it can't be recovered
   */
  static String of(List<String> channels, Function<String, @Nullable Position> held) {
    return hash(channels)
        + channels.stream()
            .map(channel -> text(held.apply(channel)))
            .collect(Collectors.joining(","));
  }

  private static String text(@Nullable Position position) {
    return position == null ? NOWHERE : position.epoch() + "." + position.seq();
  }

  private static String hash(List<String> channels) {
    return Integer.toHexString(channels.hashCode()) + ";";
  }

  /**
   * The positions in an id, by channel; empty if the id belongs to other channels or is invalid.
   */
  static Map<String, Position> parse(String id, List<String> channels) {
    String hash = hash(channels);
    Map<String, Position> held = new HashMap<>();
    if (!id.startsWith(hash)) {
      return held;
    }
    String[] places = id.substring(hash.length()).split(",", -1);
    for (int i = 0; i < Math.min(places.length, channels.size()); i++) {
      Position position = position(places[i]);
      if (position != null) {
        held.put(channels.get(i), position);
      }
    }
    return held;
  }

  private static @Nullable Position position(String place) {
    int dot = place.lastIndexOf('.');
    if (dot <= 0) {
      return null;
    }
    try {
      return new Position(
          place.substring(0, dot), Long.parseLong(place, dot + 1, place.length(), 10));
    } catch (IllegalArgumentException e) { // no number, or one that is too large
      return null;
    }
  }
}
