package dev.tapeline.chaos.history;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All publications of a record. */
final class Publications {

  private record Key(String publisher, String channel, long number) {}

  private final Map<Key, Sent> byKey = new HashMap<>();
  private final Map<String, Sent> byDigest = new HashMap<>();
  private final Map<String, Sent> newest = new HashMap<>();

  int size() {
    return byKey.size();
  }

  @Nullable Sent find(String digest) {
    return byDigest.get(digest);
  }

  @Nullable Sent find(String publisher, String channel, long number) {
    return byKey.get(new Key(publisher, channel, number));
  }

  /** The acknowledged publication of a channel that was attempted last; null if there is none. */
  @Nullable Sent newest(String channel) {
    return newest.get(channel);
  }

  Iterable<Sent> all() {
    return byKey.values();
  }

  /** The channels that have a newest acknowledged publication. */
  Iterable<String> channels() {
    return newest.keySet();
  }

  void on(Event.Published event, long line) {
    Sent known = find(event.publisher(), event.channel(), event.number());
    if (event instanceof Event.Attempted attempted) {
      attempt(attempted, known, line);
    } else if (known == null) {
      throw new HistoryException("line %d: settles what was not attempted".formatted(line));
    } else {
      settle(event, known);
    }
  }

  private void attempt(Event.Attempted event, @Nullable Sent known, long line) {
    if (known != null) {
      known.attemptAgain();
      return;
    }
    Sent sent = new Sent(event, line);
    byKey.put(new Key(event.publisher(), event.channel(), event.number()), sent);
    if (byDigest.put(event.digest(), sent) != null) {
      throw new HistoryException("line %d: two publications have the same bytes".formatted(line));
    }
  }

  private void settle(Event.Published event, Sent known) {
    switch (event) {
      case Event.Attempted e -> known.attemptAgain();
      case Event.Acknowledged e -> {
        known.acknowledge(e.position());
        Sent before = newest.get(known.channel);
        if (before == null || before.line < known.line) {
          newest.put(known.channel, known);
        }
      }
      case Event.Refused e -> known.refuse();
      case Event.Unclear e -> known.doubt();
    }
  }
}
