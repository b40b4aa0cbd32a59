package dev.tapeline.redis.receive;

import dev.tapeline.core.PatternIndex;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What Redis has confirmed on one connection, at the point of its stream that has been read. Owned
 * by the thread that reads.
 *
 * <p>Redis sends one copy of a publication for each subscription of the connection that matches it,
 * and all copies by the set of subscriptions at that point of the stream. So of each publication
 * exactly one copy comes from its <em>source</em>: the channel's own subscription if there is one,
 * else the pattern that was confirmed first among those that match. Taking the source's copies
 * alone delivers each publication once, however often the set changes, without a look at what the
 * messages hold, when they come or in which order.
 */
final class ConfirmedSubscriptions {

  private final Map<String, BusSubscription> channels = new HashMap<>();
  private final PatternIndex<Place> patterns = new PatternIndex<>();
  private final Consumer<Place> takeFirst = this::takeFirst;
  private @Nullable Place first;
  private long confirmed;

  /** A pattern, and when it was confirmed among others. */
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

  /** The channel's own subscription, which is its source then. */
  @Nullable BusSubscription own(String channel) {
    return channels.get(channel);
  }

  /** Whether this pattern is the source of a channel without a subscription of its own. */
  boolean isSource(String pattern, String channel) {
    first = null;
    patterns.forEachMatch(channel, takeFirst);
    return first != null && first.shared().pattern().text().equals(pattern);
  }

  private void takeFirst(Place place) {
    if (first == null || place.number() < first.number()) {
      first = place;
    }
  }
}
