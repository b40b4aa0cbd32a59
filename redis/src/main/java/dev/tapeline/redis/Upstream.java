package dev.tapeline.redis;

import dev.tapeline.core.Channel;
import dev.tapeline.core.Pattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
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
  private final List<Interest> patterns = new ArrayList<>();

  void add(Interest interest) {
    switch (interest.selector()) {
      case Channel channel -> channels.put(channel.name(), interest);
      case Pattern _ -> patterns.add(interest);
    }
  }

  void remove(Interest interest) {
    switch (interest.selector()) {
      case Channel channel -> channels.remove(channel.name());
      case Pattern pattern -> patterns.removeIf(other -> other.selector().equals(pattern));
    }
  }

  boolean holds(Interest interest) {
    return switch (interest.selector()) {
      case Channel channel -> channels.get(channel.name()) == interest;
      case Pattern _ -> patterns.contains(interest);
    };
  }

  /** The source of a channel's publications, or null where nothing matches. */
  @Nullable Interest sourceOf(String channel) {
    Interest own = channels.get(channel);
    return own != null ? own : firstPattern(channel, _ -> true);
  }

  /** Whether some subscription that matches the channel has begun to deliver. */
  boolean hasBegun(String channel) {
    Interest own = channels.get(channel);
    return (own != null && own.hasBegun()) || firstPattern(channel, Interest::hasBegun) != null;
  }

  private @Nullable Interest firstPattern(String channel, Predicate<Interest> condition) {
    for (Interest pattern : patterns) {
      if (pattern.selector().matches(channel) && condition.test(pattern)) {
        return pattern;
      }
    }
    return null;
  }
}
