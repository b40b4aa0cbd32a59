package dev.tapeline.hub.topic;

import dev.tapeline.core.Pattern;
import dev.tapeline.core.Selector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The channels on this node: by name, sorted by name for patterns, and in a circle for the search
 * for idle ones. Read by all threads; changed under the hub's lock.
 */
public final class Topics {

  /** The number of channels among which the longest idle one is searched. */
  private static final int COMPARED = 64;

  private final Map<String, Topic> byName = new ConcurrentHashMap<>();
  private final NavigableMap<String, Topic> sorted = new ConcurrentSkipListMap<>();
  private final Set<Topic> stale = ConcurrentHashMap.newKeySet();
  private final List<Topic> circle = new ArrayList<>();
  private final HubCounters counters;
  private int hand;

  Topics(HubCounters counters) {
    this.counters = counters;
  }

  @Nullable Topic find(String channel) {
    return byName.get(channel);
  }

  int size() {
    return byName.size();
  }

  Collection<Topic> all() {
    return byName.values();
  }

  void add(Topic topic) {
    byName.put(topic.channel(), topic);
    sorted.put(topic.channel(), topic);
    topic.place = circle.size();
    circle.add(topic);
  }

  void remove(Topic topic) {
    byName.remove(topic.channel());
    sorted.remove(topic.channel());
    stale.remove(topic);
    Topic last = circle.removeLast();
    if (last != topic) {
      circle.set(topic.place, last);
      last.place = topic.place;
    }
  }

  /**
   * Calls the action with each channel that the pattern matches; looks only at channels with the
   * pattern's prefix.
   */
  public void forEachMatch(Pattern pattern, Consumer<Topic> action) {
    from(prefixOf(pattern))
        .forEachRemaining(topic -> {
          if (pattern.matches(topic.channel())) {
            action.accept(topic);
          }
        });
  }

  /** The prefix that all channels of a pattern share. */
  static String prefixOf(Pattern pattern) {
    return pattern.text().substring(0, pattern.text().indexOf('*'));
  }

  /** The channels with this prefix; those added or removed meanwhile may be among them or not. */
  Iterator<Topic> from(String prefix) {
    return new Prefixed(sorted.tailMap(prefix, true).values().iterator(), prefix);
  }

  private final class Prefixed implements Iterator<Topic> {

    private final Iterator<Topic> following;
    private final String prefix;
    private @Nullable Topic next;

    Prefixed(Iterator<Topic> following, String prefix) {
      this.following = following;
      this.prefix = prefix;
      advance();
    }

    private void advance() {
      Topic topic = following.hasNext() ? following.next() : null;
      next = topic != null && topic.channel().startsWith(prefix) ? topic : null;
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public Topic next() {
      Topic topic = next;
      if (topic == null) {
        throw new NoSuchElementException();
      }
      counters.channelsCompared.increment();
      advance();
      return topic;
    }
  }

  /** Notes that publications of a plain channel may be missed, until its next epoch. */
  public void expire(Topic topic) {
    topic.expire();
    if (!topic.isDurable()) {
      stale.add(topic);
    }
  }

  /** The expired plain channels that the selector matches. */
  List<Topic> stale(Selector selector) {
    if (selector instanceof Pattern) {
      return stale.stream().filter(topic -> selector.matches(topic.channel())).toList();
    }
    Topic named = byName.get(selector.text());
    return named != null && named.isStale() && !named.isDurable() ? List.of(named) : List.of();
  }

  void onRenewed(Topic topic) {
    stale.remove(topic);
  }

  /**
   * The channel that is idle longest among a few, other ones at each call; null if none fits. Under
   * the hub's lock.
   */
  @Nullable Topic idle(Predicate<Topic> fits) {
    Topic longest = null;
    for (int i = Math.min(COMPARED, circle.size()); i > 0; i--) {
      hand = (hand + 1) % circle.size();
      Topic topic = circle.get(hand);
      counters.channelsCompared.increment();
      boolean longer = longest == null || topic.touchedNanos() - longest.touchedNanos() < 0;
      if (longer && fits.test(topic)) {
        longest = topic;
      }
    }
    return longest;
  }
}
