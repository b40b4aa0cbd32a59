package dev.tapeline.redis.receive;

import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Pattern;
import dev.tapeline.core.Selector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What this process wants, and the subscriber that is to ask Redis for it. Commands go out under
 * the lock, so that Redis sees them in the order of the calls; the listener is never called under
 * it.
 */
public final class Interests {

  private final DurableRules rules;
  private final InterestMap wanted = new InterestMap();
  private final InterestMap leaving = new InterestMap();
  private final Coverings coverings = new Coverings();
  private long steps;
  private @Nullable Subscriber subscriber;

  /**
   * @param rules tell which interests are in plain channels
   */
  public Interests(DurableRules rules) {
    this.rules = rules;
  }

  private boolean isCovered(Interest interest) {
    return interest.selector() instanceof Pattern pattern && rules.mayBePlain(pattern);
  }

  public synchronized void add(Collection<Selector> selectors) {
    List<Interest> added = new ArrayList<>(selectors.size());
    Coverings.Change change = new Coverings.Change();
    for (Selector selector : selectors) {
      if (wanted.of(selector).isEmpty()) {
        Interest interest = new Interest(selector, ++steps);
        wanted.add(interest);
        added.add(interest);
        if (isCovered(interest)) {
          coverings.add(interest, change);
        }
      }
    }
    if (subscriber != null) {
      subscriber.subscribe(added, change, covers(added));
    } else {
      coverings.reset(); // none of them is on Redis
    }
  }

  private Map<Interest, Cover> covers(List<Interest> some) {
    Map<Interest, Cover> covers = new LinkedHashMap<>();
    for (Interest interest : some) {
      Cover cover = coverings.of(interest);
      if (cover != null) {
        covers.put(interest, cover);
      }
    }
    return covers;
  }

  public synchronized void remove(Collection<Selector> selectors) {
    List<Interest> removed = new ArrayList<>(selectors.size());
    Coverings.Change change = new Coverings.Change();
    for (Selector selector : selectors) {
      for (Interest interest : List.copyOf(wanted.of(selector))) {
        wanted.remove(interest);
        interest.drop(++steps);
        removed.add(interest);
        coverings.remove(interest, change);
      }
    }
    if (subscriber != null) {
      removed.forEach(leaving::add);
      subscriber.unsubscribe(removed, change);
    } else {
      coverings.reset();
    }
  }

  /** Asks the subscriber of a new session for everything. */
  public synchronized void attach(Subscriber newest) {
    subscriber = newest;
    List<Interest> all = wanted.all();
    newest.subscribe(all, new Coverings.Change(coverings.all(), List.of()), covers(all));
  }

  public synchronized void detach() {
    subscriber = null;
    leaving.clear();
    coverings.reset();
    wanted.all().forEach(interest -> interest.setBegun(false));
  }

  /** Redis has confirmed what this subscriber asked it for. */
  synchronized void confirmed(Subscriber by, Cover cover) {
    if (by == subscriber) {
      by.change(coverings.onConfirmed(cover));
    }
  }

  /**
   * Redis has refused it.
   *
   * @param waiting those that would have begun with it, and are served otherwise if they can be
   */
  synchronized void refused(Subscriber by, Cover cover, List<Interest> waiting) {
    if (by == subscriber) {
      by.change(coverings.onRefused(cover));
      Map<Interest, Cover> others = covers(waiting);
      others.values().removeIf(other -> other == cover);
      by.join(others);
    }
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
