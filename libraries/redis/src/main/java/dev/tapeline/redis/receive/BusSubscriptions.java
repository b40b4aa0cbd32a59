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
 * All subscriptions at the bus, and the receiver that asks Redis for them. Commands are sent under
 * the lock, so that Redis sees them in the order of the calls. The bus's listener is never called
 * under it.
 */
public final class BusSubscriptions {

  private final DurableRules rules;
  private final BusSubscriptionIndex wanted = new BusSubscriptionIndex();
  private final BusSubscriptionIndex leaving = new BusSubscriptionIndex();
  private final SharedPatterns sharedPatterns = new SharedPatterns();
  private long steps;
  private @Nullable SessionReceiver receiver;

  /**
   * @param rules tell which subscriptions are in plain channels
   */
  public BusSubscriptions(DurableRules rules) {
    this.rules = rules;
  }

  private boolean mayBeShared(BusSubscription subscription) {
    return subscription.selector() instanceof Pattern pattern && rules.mayBePlain(pattern);
  }

  public synchronized void add(Collection<Selector> selectors) {
    List<BusSubscription> added = new ArrayList<>(selectors.size());
    SharedPatterns.Change change = new SharedPatterns.Change();
    for (Selector selector : selectors) {
      if (wanted.of(selector).isEmpty()) {
        BusSubscription subscription = new BusSubscription(selector, ++steps);
        wanted.add(subscription);
        added.add(subscription);
        if (mayBeShared(subscription)) {
          sharedPatterns.add(subscription, change);
        }
      }
    }
    if (receiver != null) {
      receiver.subscribe(added, change, sharedFor(added));
    } else {
      sharedPatterns.reset(); // none of them is on Redis
    }
  }

  private Map<BusSubscription, SharedPattern> sharedFor(List<BusSubscription> some) {
    Map<BusSubscription, SharedPattern> all = new LinkedHashMap<>();
    for (BusSubscription subscription : some) {
      SharedPattern shared = sharedPatterns.of(subscription);
      if (shared != null) {
        all.put(subscription, shared);
      }
    }
    return all;
  }

  public synchronized void remove(Collection<Selector> selectors) {
    List<BusSubscription> removed = new ArrayList<>(selectors.size());
    SharedPatterns.Change change = new SharedPatterns.Change();
    for (Selector selector : selectors) {
      for (BusSubscription subscription : List.copyOf(wanted.of(selector))) {
        wanted.remove(subscription);
        subscription.drop(++steps);
        removed.add(subscription);
        sharedPatterns.remove(subscription, change);
      }
    }
    if (receiver != null) {
      removed.forEach(leaving::add);
      receiver.unsubscribe(removed, change);
    } else {
      sharedPatterns.reset();
    }
  }

  /** Makes the receiver of a new session ask for all subscriptions. */
  public synchronized void attach(SessionReceiver newest) {
    receiver = newest;
    List<BusSubscription> all = wanted.all();
    newest.subscribe(
        all, new SharedPatterns.Change(sharedPatterns.all(), List.of()), sharedFor(all));
  }

  public synchronized void detach() {
    receiver = null;
    leaving.clear();
    sharedPatterns.reset();
    wanted.all().forEach(subscription -> subscription.setBegun(false));
  }

  /** Redis has confirmed a pattern that this receiver asked for. */
  synchronized void confirmed(SessionReceiver by, SharedPattern shared) {
    if (by == receiver) {
      by.change(sharedPatterns.onConfirmed(shared));
    }
  }

  /**
   * Redis has refused a pattern that this receiver asked for.
   *
   * @param waiting those that would have begun with it, and are served otherwise if they can be
   */
  synchronized void refused(
      SessionReceiver by, SharedPattern shared, List<BusSubscription> waiting) {
    if (by == receiver) {
      by.change(sharedPatterns.onRefused(shared));
      Map<BusSubscription, SharedPattern> others = sharedFor(waiting);
      others.values().removeIf(other -> other == shared);
      by.join(others);
    }
  }

  /** Redis has confirmed the end of a dropped subscription. */
  synchronized void ended(BusSubscription subscription) {
    leaving.remove(subscription);
  }

  /**
   * Whether other subscriptions have covered the channel without a break since this one was
   * dropped. Then Redis has each of them before it ends the former, and no message lies between.
   */
  synchronized boolean isStillWanted(BusSubscription dropped, String channel) {
    BusSubscription last = dropped;
    while (last != null && !last.isWanted()) {
      last = successorOf(last, channel);
    }
    return last != null;
  }

  private @Nullable BusSubscription successorOf(BusSubscription dropped, String channel) {
    Latest latest = new Latest(dropped);
    wanted.forEachMatch(channel, latest::take);
    leaving.forEachMatch(channel, latest::take);
    return latest.found;
  }

  /**
   * Finds, among the subscriptions that were there when another one ended, the one that lasts
   * longest.
   */
  private static final class Latest {

    private final BusSubscription dropped;
    private @Nullable BusSubscription found;

    Latest(BusSubscription dropped) {
      this.dropped = dropped;
    }

    void take(BusSubscription other) {
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
