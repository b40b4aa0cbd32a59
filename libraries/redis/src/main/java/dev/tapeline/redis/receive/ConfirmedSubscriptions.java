package dev.tapeline.redis.receive;

import dev.tapeline.core.PatternIndex;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions that Redis has confirmed on one connection, up to the point of its stream that
 * has been read. Owned by the thread that reads.
 *
 * <p>Redis sends one copy of a message for each subscription of the connection that matches it.
 * Exactly one copy comes from the <em>source</em> of the channel: its own subscription if there is
 * one, else the matching pattern that was confirmed first. Taking only copies of the source
 * delivers each message once, however often the subscriptions change. Neither content nor time nor
 * order of the messages matters.
 */
final class ConfirmedSubscriptions {

  private final Map<String, BusSubscription> channels = new HashMap<>();
  private final PatternIndex<Place> patterns = new PatternIndex<>();
  private final Consumer<Place> takeFirst = this::takeFirst;
  private @Nullable Place first;
  private long confirmed;

  /** A pattern with its rank in the order of confirmations. */
  private record Place(SharedPattern shared, long number) {}

  void add(BusSubscription name) {
    channels.put(name.selector().text(), name);
  }

  void remove(BusSubscription name) {
    channels.remove(name.selector().text(), name);
  }

  void add(SharedPattern shared) {
    patterns.put(shared.pattern(), new Place(shared, ++confirmed));
  }

  void remove(SharedPattern shared) {
    if (holds(shared)) {
      Place _ = patterns.remove(shared.pattern());
    }
  }

  boolean holds(BusSubscription name) {
    return own(name.selector().text()) == name;
  }

  boolean holds(SharedPattern shared) {
    Place place = patterns.get(shared.pattern());
    return place != null && place.shared() == shared;
  }

  /** The channel's own subscription, which is then its source. */
  @Nullable BusSubscription own(String channel) {
    return channels.get(channel);
  }

  /**
   * Looks up the pattern that is the source of a channel without a subscription of its own; null if
   * there is none.
   */
  @Nullable String lookUpSource(String channel) {
    first = null;
    patterns.forEachMatch(channel, takeFirst);
    return first == null ? null : first.shared().pattern().text();
  }

  private void takeFirst(Place place) {
    if (first == null || place.number() < first.number()) {
      first = place;
    }
  }
}
