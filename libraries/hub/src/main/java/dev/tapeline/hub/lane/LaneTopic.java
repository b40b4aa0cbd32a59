package dev.tapeline.hub.lane;

import dev.tapeline.hub.frame.Options;
import dev.tapeline.hub.ring.Encoding;
import dev.tapeline.hub.ring.Ring;
import dev.tapeline.hub.topic.Topic;
import dev.tapeline.hub.topic.TopicReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The subscriptions of one lane to one channel. Owned by the lane; other threads call {@link #mark}
 * and {@link #subscribers} only.
 */
final class LaneTopic implements TopicReader {

  private final Lane lane;
  private final Topic topic;
  private final List<AllSubscription> all = new ArrayList<>(1);
  private final List<ConflationGroup> groups = new ArrayList<>(0);
  private int replays;
  private final AtomicInteger subscribers = new AtomicInteger();
  private final Signal marked = new Signal();

  LaneTopic(Lane lane, Topic topic) {
    this.lane = lane;
    this.topic = topic;
  }

  Lane lane() {
    return lane;
  }

  Topic topic() {
    return topic;
  }

  /** The number of subscriptions; any thread. */
  @Override
  public int subscribers() {
    return subscribers.get();
  }

  /**
   * Notes that there is something new, and tells the lane, once until the lane looks; any thread.
   */
  @Override
  public void mark() {
    if (marked.raise()) {
      lane.onNews(this);
    }
  }

  /** Queues every subscription that has something to write now. */
  void distribute(long now) {
    marked.lower();
    for (AllSubscription subscription : all) {
      subscription.session.enqueue(subscription);
    }
    for (ConflationGroup group : groups) {
      group.onNews(now);
    }
  }

  AllSubscription addAll(Session session, Options options) {
    AllSubscription added =
        new AllSubscription(session, this, options, topic.enter(session.encoding(options)));
    subscribers.lazySet(subscribers.get() + 1);
    added.index = all.size();
    all.add(added);
    return added;
  }

  LatestSubscription addLatest(Session session, Options options, Ring ring, long seq) {
    ConflationGroup group = groupFor(session, options);
    LatestSubscription added = new LatestSubscription(session, this, options, group, ring, seq);
    subscribers.lazySet(subscribers.get() + 1);
    group.add(added);
    return added;
  }

  ReplaySubscription addReplay(Session session, Options options, long seq, double speed) {
    replays++;
    subscribers.lazySet(subscribers.get() + 1);
    return new ReplaySubscription(session, this, options, seq, speed);
  }

  /**
   * Ends one subscription to a channel that is gone.
   *
   * @return whether there was one
   */
  boolean detachOne() {
    Subscription one =
        all.isEmpty() ? groups.isEmpty() ? null : groups.getLast().any() : all.getLast();
    if (one != null) {
      one.session.cursors().detach(topic.channel());
    }
    return one != null;
  }

  private ConflationGroup groupFor(Session session, Options options) {
    Encoding encoding = session.encoding(options);
    for (ConflationGroup group : groups) {
      if (group.serves(encoding, options.maxRate())) {
        return group;
      }
    }
    ConflationGroup group = new ConflationGroup(this, encoding, options.maxRate());
    groups.add(group);
    return group;
  }

  void remove(Subscription subscription) {
    switch (subscription) {
      case AllSubscription _ -> removeAll(subscription.index);
      case ReplaySubscription _ -> replays--;
      case LatestSubscription _ -> {} // its group does it
    }
    subscribers.lazySet(subscribers.get() - 1);
    subscription.release();
    lane.onSubscriptionGone();
    if (all.isEmpty() && groups.isEmpty() && replays == 0) {
      lane.forget(this);
    }
  }

  private void removeAll(int index) {
    AllSubscription last = all.removeLast();
    if (index < all.size()) {
      all.set(index, last);
      last.index = index;
    }
  }

  void remove(ConflationGroup group) {
    groups.remove(group);
  }

  /** Whether a subscriber to each publication is past half the ring behind. */
  boolean hasLaggard() {
    for (AllSubscription subscription : all) {
      if (subscription.queued && subscription.isPastHalf()) {
        return true;
      }
    }
    return false;
  }
}
