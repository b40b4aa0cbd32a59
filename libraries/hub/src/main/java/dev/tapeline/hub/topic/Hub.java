package dev.tapeline.hub.topic;

import dev.tapeline.core.Bus;
import dev.tapeline.core.ChannelKind;
import dev.tapeline.core.Fold;
import dev.tapeline.core.Folds;
import dev.tapeline.core.KindRules;
import dev.tapeline.core.Pattern;
import dev.tapeline.core.Position;
import dev.tapeline.core.Selector;
import dev.tapeline.core.admin.ChannelReport;
import dev.tapeline.hub.ring.Encoding;
import dev.tapeline.hub.ring.RingBudget;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The channels on this node. The bus's thread appends publications to their rings; lanes read the
 * rings. Locks are taken in this order: the bus's own, then the hub's, then a topic's.
 */
public final class Hub {

  /** How many rings are given up with one publication at most, while there are too many. */
  private static final int EVICTED_AT_ONCE = 16;

  private final Limits limits;
  private final KindRules kinds;
  private final Folds folds;
  private final RingBudget budget;
  private final EpochNames epochs = new EpochNames();
  private final Interest interest;
  private final Bus bus;
  private final Topics topics;
  private final Sweep sweep;
  private final Map<Encoding, Integer> patternEncodings = new ConcurrentHashMap<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final List<TopicListener> listeners = new CopyOnWriteArrayList<>();
  private final HubCounters counters = new HubCounters();
  private final CountDownLatch granted = new CountDownLatch(1);

  /**
   * @param caller runs the calls to the bus, one at a time, in order
   */
  public Hub(Limits limits, KindRules kinds, Folds folds, Bus bus, Executor caller) {
    this.limits = limits;
    this.kinds = kinds;
    this.folds = folds;
    this.bus = bus;
    this.budget = new RingBudget(limits.ringBytes(), limits.ringsTotalBytes());
    this.interest = new Interest(new InterestCalls(bus, caller));
    this.topics = new Topics(counters);
    this.sweep = new Sweep(this, interest, caller);
  }

  /**
   * What the hub may hold.
   *
   * @param maxChannels channels on this node
   * @param maxPatternChannels channels that one session gets by its patterns
   * @param maxPatterns distinct patterns of all sessions
   * @param maxWaiting requests that wait for logs to be read
   * @param maxPayloadBytes a publication's size; a larger one is dropped and counted
   * @param slowStepNanos how long a client does not keep up before it is set back, each time
   * @param urgent channels whose publications go in front of all others
   */
  public record Limits(
      int maxChannels,
      int maxPatternChannels,
      int maxPatterns,
      int maxWaiting,
      int ringBytes,
      long ringsTotalBytes,
      int maxPayloadBytes,
      long slowStepNanos,
      List<Selector> urgent) {}

  /**
   * Starts the bus. Listeners must be there before.
   *
   * @param onState told of each change of the bus's state, on the bus's thread
   */
  public void start(Consumer<Bus.State> onState) {
    bus.start(new BusReceiver(this, bus, interest, limits.maxPayloadBytes(), onState));
    folds.followed().forEach(selector -> acquire(selector, () -> {}));
  }

  /** Tells the listener of channels for its patterns, and of those that are given up. */
  public void listen(TopicListener listener) {
    listeners.add(listener);
  }

  public Bus bus() {
    return bus;
  }

  public HubCounters counters() {
    return counters;
  }

  public RingBudget budget() {
    return budget;
  }

  public ChannelKind kindOf(String channel) {
    return kinds.kindOf(channel);
  }

  private boolean isUrgent(String channel) {
    return limits.urgent().stream().anyMatch(selector -> selector.matches(channel));
  }

  public boolean mayBeLatest(String channel) {
    return kindOf(channel).allowsLatest() && !isUrgent(channel);
  }

  public long slowStepNanos() {
    return limits.slowStepNanos();
  }

  public int channels() {
    return topics.size();
  }

  public int upstreams() {
    return interest.size();
  }

  /** How many distinct patterns clients have. */
  public int patterns() {
    return interest.patterns();
  }

  public int maxPatterns() {
    return limits.maxPatterns();
  }

  /**
   * Whether a client may subscribe to the pattern: another client has it already, or the limit of
   * distinct patterns is not reached.
   *
   * @param before what the same request asks for in front of it
   */
  public boolean mayAsk(Pattern pattern, List<Selector> before) {
    return interest.holds(pattern)
        || interest.patterns() + interest.newPatterns(before) < limits.maxPatterns();
  }

  public int maxPatternChannels() {
    return limits.maxPatternChannels();
  }

  /** A report of each channel; any thread. */
  public List<ChannelReport> reports(long nowNanos) {
    return topics.all().stream().map(topic -> topic.report(nowNanos)).toList();
  }

  public Topics topics() {
    return topics;
  }

  Interest interest() {
    return interest;
  }

  public @Nullable Topic find(String channel) {
    return topics.find(channel);
  }

  /** Counts requests that wait for a log to be read: one more (1), or one less (-1). */
  public void onWaiting(int change) {
    waiting.addAndGet(change);
  }

  /** Whether no more requests may wait for logs. */
  public boolean isCrowded() {
    return waiting.get() >= limits.maxWaiting();
  }

  /** The channel on this node, made if it isn't there. */
  public Topic obtain(String channel) {
    return obtain(channel, null);
  }

  /**
   * The channel on this node, made if it isn't there.
   *
   * @param start the channel's position if it is new here; null for a plain channel, or if the
   *     position is not known yet
   */
  synchronized Topic obtain(String channel, @Nullable Position start) {
    Topic topic = topics.find(channel);
    if (topic == null) {
      ChannelKind kind = kinds.kindOf(channel);
      Fold fold = kind == ChannelKind.DELTA ? folds.foldFor(channel) : null;
      Backlog backlog =
          bus.log().keeps(channel) ? new Backlog(channel, bus.log(), budget, counters) : null;
      Position from = start == null ? newEpoch() : start;
      topic = new Topic(channel, kind, isUrgent(channel), budget, fold, backlog, from);
      if (backlog != null && start == null) {
        topic.expectPosition();
      }
      topic.touch(System.nanoTime());
      topics.add(topic);
    }
    return topic;
  }

  /** The position at which a plain channel begins, or a channel of which nothing is known. */
  Position newEpoch() {
    return new Position(epochs.next(), 0);
  }

  /**
   * Tells the listeners, once, that the channel has its first publication, as their patterns may
   * match it. A channel that is only asked for, and never published to, is not announced.
   */
  void show(Topic topic) {
    if (!topic.shown) {
      topic.shown = true;
      if (interest.hasPatternFor(topic.channel())) {
        patternEncodings.keySet().forEach(topic::expect);
        listeners.forEach(listener -> listener.onAppeared(topic));
      }
    }
  }

  /** A pattern is read in this encoding (1), or no longer is (-1). */
  public void onPatternEncoding(Encoding encoding, int change) {
    patternEncodings.merge(
        encoding, change, (before, more) -> before + more == 0 ? null : before + more);
  }

  /**
   * Counts one more user of a selector. The task runs, on any thread, as soon as the bus delivers
   * what is selected.
   */
  public void acquire(Selector selector, Runnable whenLive) {
    if (addUser(selector, whenLive) == Availability.READY) {
      whenLive.run();
    }
  }

  /** Holds the lock, so that the channel is not removed as unused meanwhile. */
  private synchronized Availability addUser(Selector selector, Runnable otherwise) {
    return interest.acquire(selector, otherwise);
  }

  /** Runs the task, on any thread, as soon as the bus delivers what a client is subscribed to. */
  public void whenLive(Selector selector, Runnable task) {
    if (interest.awaitLive(selector, task) == Availability.READY) {
      task.run();
    }
  }

  /** Notes that a client's subscription is live: from now on it misses nothing. */
  public void onGranted() {
    granted.countDown();
  }

  /** Waits, on a thread that is no lane, until a first client has been granted a subscription. */
  public void awaitGranted() throws InterruptedException {
    granted.await();
  }

  /**
   * Counts one user less. After the last one a named channel is removed at once, and what a pattern
   * matched a little later.
   */
  public void release(Selector selector) {
    if (removeUser(selector) == Interest.Users.NONE && selector instanceof Pattern pattern) {
      sweep.onUnused(pattern);
    }
  }

  private synchronized Interest.Users removeUser(Selector selector) {
    Interest.Users left = interest.release(selector);
    Topic named = left == Interest.Users.NONE ? topics.find(selector.text()) : null;
    if (named != null) {
      removeUncovered(named);
    }
    return left;
  }

  /** Removes a channel that no selector in use covers. No session has a cursor on it then. */
  synchronized void removeUncovered(Topic topic) {
    if (topics.find(topic.channel()) == topic && !interest.covers(topic.channel())) {
      topics.remove(topic);
      topic.clear();
    }
  }

  /** Gives up idle rings, if there are too many or they take too much memory. */
  void relieve() {
    if (isFull()) {
      evictIdle();
    }
  }

  private boolean isFull() {
    return budget.isExceeded() || topics.size() > limits.maxChannels();
  }

  /**
   * Gives up rings that have been idle for long. A channel that only patterns match is removed;
   * another one loses its frames. What is still too much goes with the next publications.
   */
  private synchronized void evictIdle() {
    for (int i = 0; i < EVICTED_AT_ONCE && isFull(); i++) {
      Topic idle = topics.idle(this::isEvictable);
      if (idle == null) {
        return;
      }
      evict(idle);
    }
  }

  private boolean isEvictable(Topic topic) {
    return !topic.isUrgent()
        && (isOnlyMatched(topic) || (budget.isExceeded() && topic.bytes() > 0));
  }

  private boolean isOnlyMatched(Topic topic) {
    return !interest.holds(topic.channel());
  }

  private void evict(Topic topic) {
    counters.evictions.increment();
    if (!isOnlyMatched(topic)) {
      topic.evict(epochs.next());
      return;
    }
    topics.remove(topic);
    listeners.forEach(listener -> listener.onRemoved(topic));
    topic.clear();
  }
}
