package dev.tapeline.redis;

import dev.tapeline.core.Selector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What this process wants, and the subscriber that is to ask Redis for it. Commands go out under
 * the lock, so that Redis sees them in the order of the calls; the listener is never called under
 * it.
 */
final class Interests {

  private final Map<Selector, Interest> wanted = new LinkedHashMap<>();
  private long steps;
  private @Nullable Subscriber subscriber;

  synchronized void add(Selector selector) {
    if (!wanted.containsKey(selector)) {
      Interest interest = new Interest(selector, ++steps);
      wanted.put(selector, interest);
      if (subscriber != null) {
        subscriber.subscribe(List.of(interest));
      }
    }
  }

  synchronized void remove(Selector selector) {
    Interest interest = wanted.remove(selector);
    if (interest != null) {
      interest.drop(++steps);
      if (subscriber != null) {
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
    wanted.values().forEach(interest -> interest.setBegun(false));
  }

  /**
   * Whether the channel was wanted by another interest already when this one was dropped: then Redis
   * has that one before it ends this one, and nothing lies between the two.
   */
  synchronized boolean takesOver(Interest dropped, String channel) {
    return wanted.values().stream()
        .anyMatch(other -> other.isOlderThanEndOf(dropped) && other.selector().matches(channel));
  }
}
