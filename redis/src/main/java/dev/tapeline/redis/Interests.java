package dev.tapeline.redis;

import dev.tapeline.core.Selector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What this process wants, and the subscriber that is to ask Redis for it. Commands go out under
 * the lock, so that Redis sees them in the order of the calls; the listener is never called under
 * it.
 */
final class Interests {

  private final InterestMap wanted = new InterestMap();
  private final InterestMap leaving = new InterestMap();
  private long steps;
  private @Nullable Subscriber subscriber;

  synchronized void add(Collection<Selector> selectors) {
    List<Interest> added = new ArrayList<>(selectors.size());
    for (Selector selector : selectors) {
      if (wanted.of(selector).isEmpty()) {
        Interest interest = new Interest(selector, ++steps);
        wanted.add(interest);
        added.add(interest);
      }
    }
    if (subscriber != null) {
      subscriber.subscribe(added);
    }
  }

  synchronized void remove(Collection<Selector> selectors) {
    List<Interest> removed = new ArrayList<>(selectors.size());
    for (Selector selector : selectors) {
      for (Interest interest : List.copyOf(wanted.of(selector))) {
        wanted.remove(interest);
        interest.drop(++steps);
        removed.add(interest);
      }
    }
    if (subscriber != null) {
      removed.forEach(leaving::add);
      subscriber.unsubscribe(removed);
    }
  }

  /** Asks the subscriber of a new session for everything. */
  synchronized void attach(Subscriber newest) {
    subscriber = newest;
    newest.subscribe(wanted.all());
  }

  synchronized void detach() {
    subscriber = null;
    leaving.clear();
    wanted.all().forEach(interest -> interest.setBegun(false));
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
    Latest latest = new Latest(dropped);
    wanted.forEachMatch(channel, latest::take);
    leaving.forEachMatch(channel, latest::take);
    return latest.found;
  }

  /** The one that lasts longest of those that were there at the end of another. */
  private static final class Latest {

    private final Interest dropped;
    private @Nullable Interest found;

    Latest(Interest dropped) {
      this.dropped = dropped;
    }

    void take(Interest other) {
      if (other.isThereAtEndOf(dropped)
          && (found == null || other.droppedAt() > found.droppedAt())) {
        found = other;
      }
    }
  }

  synchronized boolean wants(String channel) {
    return wanted.anyMatch(channel, _ -> true);
  }
}
