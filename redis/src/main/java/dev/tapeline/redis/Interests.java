package dev.tapeline.redis;

import dev.tapeline.core.Channel;
import dev.tapeline.core.Pattern;
import dev.tapeline.core.Selector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What this process wants, and the subscriber that is to ask Redis for it. Commands go out under
 * the lock, so that Redis sees them in the order of the calls; the listener is never called under
 * it.
 */
final class Interests {

  private final Map<Selector, Interest> wanted = new LinkedHashMap<>();
  private final Set<Pattern> patterns = new LinkedHashSet<>();
  private final List<Interest> leaving = new ArrayList<>(2);
  private long steps;
  private @Nullable Subscriber subscriber;

  synchronized void add(Selector selector) {
    if (!wanted.containsKey(selector)) {
      Interest interest = new Interest(selector, ++steps);
      wanted.put(selector, interest);
      if (selector instanceof Pattern pattern) {
        patterns.add(pattern);
      }
      if (subscriber != null) {
        subscriber.subscribe(List.of(interest));
      }
    }
  }

  synchronized void remove(Selector selector) {
    Interest interest = wanted.remove(selector);
    if (interest != null) {
      if (selector instanceof Pattern pattern) {
        patterns.remove(pattern);
      }
      interest.drop(++steps);
      if (subscriber != null) {
        leaving.add(interest);
        subscriber.unsubscribe(interest);
      }
    }
  }

  /** Asks the subscriber of a new session for everything. */
  synchronized void attach(Subscriber newest) {
    subscriber = newest;
    newest.subscribe(List.copyOf(wanted.values()));
  }

  synchronized void detach() {
    subscriber = null;
    leaving.clear();
    wanted.values().forEach(interest -> interest.setBegun(false));
  }

  /** Redis has confirmed the end of one that was dropped. */
  synchronized void ended(Interest interest) {
    leaving.remove(interest);
  }

  /**
   * Whether the channel has been wanted by others without a break since this one was dropped: then
   * Redis has each of them before it ends the one before, and nothing lies between.
   */
  synchronized boolean isStillWanted(Interest dropped, String channel) {
    Interest last = dropped;
    while (last != null && !last.isWanted()) {
      last = successorOf(last, channel);
    }
    return last != null;
  }

  private @Nullable Interest successorOf(Interest dropped, String channel) {
    return Stream.concat(wanted.values().stream(), leaving.stream())
        .filter(other -> other.isThereAtEndOf(dropped) && other.selector().matches(channel))
        .max(Comparator.comparingLong(Interest::droppedAt))
        .orElse(null);
  }

  synchronized boolean wants(String channel) {
    if (wanted.containsKey(new Channel(channel))) {
      return true;
    }
    for (Selector pattern : patterns) {
      if (pattern.matches(channel)) {
        return true;
      }
    }
    return false;
  }
}
