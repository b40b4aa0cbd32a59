package dev.tapeline.redis;

import dev.tapeline.core.Channel;
import dev.tapeline.core.Pattern;
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
final class Upstream {

  private final Map<String, Interest> channels = new HashMap<>();
  private final PatternIndex<Interest> patterns = new PatternIndex<>();
  private final Consumer<Interest> takeFirst = this::takeFirst;
  private @Nullable Interest first;
  private long confirmed;

  void add(Interest interest) {
    interest.confirm(++confirmed);
    switch (interest.selector()) {
      case Channel(String name) -> channels.put(name, interest);
      case Pattern pattern -> patterns.put(pattern, interest);
    }
  }

  void remove(Interest interest) {
    switch (interest.selector()) {
      case Channel(String name) -> channels.remove(name);
      case Pattern pattern -> patterns.remove(pattern);
    }
  }

  boolean holds(Interest interest) {
    return switch (interest.selector()) {
      case Channel(String name) -> channels.get(name) == interest;
      case Pattern pattern -> patterns.get(pattern) == interest;
    };
  }

  /** The source of a channel's publications, or null where nothing matches. */
  @Nullable Interest sourceOf(String channel) {
    Interest own = channels.get(channel);
    if (own != null || patterns.isEmpty()) {
      return own;
    }
    first = null;
    patterns.forEachMatch(channel, takeFirst);
    return first;
  }

  private void takeFirst(Interest pattern) {
    if (first == null || pattern.confirmedAt() < first.confirmedAt()) {
      first = pattern;
    }
  }

  /** Whether some subscription that matches the channel has begun to deliver. */
  boolean hasBegun(String channel) {
    Interest own = channels.get(channel);
    return (own != null && own.hasBegun()) || patterns.anyMatch(channel, Interest::hasBegun);
  }
}
