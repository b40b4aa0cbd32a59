package dev.tapeline.chaos.history;

import dev.tapeline.core.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The publication at each number of each epoch, as far as anyone saw it. */
final class Books {

  /** A channel in an epoch. */
  record EpochKey(String channel, String epoch) {}

  /**
   * A publication at a number.
   *
   * @param who the client, publisher or log that says so
   */
  record Sighting(Sent sent, String who, long line) {}

  /** Two publications at one number. */
  record Conflict(EpochKey key, long seq, Sighting first, Sighting second) {}

  private static final int MAX_CONFLICTS = 10_000;

  private final Map<EpochKey, NavigableMap<Long, Sighting>> books = new HashMap<>();
  private final List<Conflict> conflicts = new ArrayList<>();

  void put(String channel, Position position, Sighting seen) {
    EpochKey key = new EpochKey(channel, position.epoch());
    Sighting first =
        books.computeIfAbsent(key, k -> new TreeMap<>()).putIfAbsent(position.seq(), seen);
    if (first != null && first.sent() != seen.sent() && conflicts.size() < MAX_CONFLICTS) {
      conflicts.add(new Conflict(key, position.seq(), first, seen));
    }
  }

  List<Conflict> conflicts() {
    return conflicts;
  }

  Map<EpochKey, NavigableMap<Long, Sighting>> all() {
    return books;
  }

  NavigableMap<Long, Sighting> book(String channel, String epoch) {
    return books.getOrDefault(new EpochKey(channel, epoch), new TreeMap<>());
  }
}
