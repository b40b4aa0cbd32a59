package dev.tapeline.protocols.events;

import dev.tapeline.core.Position;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A stream's position, as its events' {@code id} tells it: {@code HASH;EPOCH.SEQ,,EPOCH.SEQ}, with
 * a place for each channel of the request in order, empty where it can't be recovered, and a hash
 * of their names, so that the id of another stream means nothing.
 */
final class EventId {

  private static final String NOWHERE = "";

  private EventId() {}

  /**
   * @param held where a channel stands; null if it can't be recovered
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

  /** Where the channels stood; nothing of an id that is not theirs, or none at all. */
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
    } catch (IllegalArgumentException e) { // not a number, or none that can be one
      return null;
    }
  }
}
