package dev.tapeline.redis;

import dev.tapeline.core.Channel;
import dev.tapeline.core.Pattern;
import dev.tapeline.core.Selector;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What this process wants, and the subscriber that is to ask Redis for it. Commands go out under
 * the lock, so that Redis sees them in the order of the calls; the listener is never called under
 * it.
 */
final class Interests {

  private final Map<Selector, Interest> wanted = new LinkedHashMap<>();
  private final Set<Pattern> patterns = new LinkedHashSet<>();
  private @Nullable Subscriber subscriber;

  synchronized void add(Selector selector) {
    if (!wanted.containsKey(selector)) {
      Interest interest = new Interest(selector);
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
      interest.drop();
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
