package dev.tapeline.gateway.hub;

import dev.tapeline.core.Pattern;
import dev.tapeline.core.Selector;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One event loop with the sessions it owns. Publications reach it as marks on channels; a round
 * then queues the subscriptions of the marked channels at their sessions, and gives each session
 * that can be written one write. The busier the lane, the more a round finds, and the more goes out
 * in one system call. A round pauses every few milliseconds, so that new connections don't wait for
 * it.
 */
public final class Lane {

  private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final int SESSIONS_BETWEEN_LOOKS = 8;

  private final EventLoop loop;
  private final Hub hub;
  private final Queue<LaneTopic> news = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final Map<String, LaneTopic> topics = new HashMap<>();
  private final Map<Pattern, Set<Session>> patterns = new HashMap<>();
  private final Set<Session> sessions = new LinkedHashSet<>();
  private final Deque<Session> touched = new ArrayDeque<>();
  private final FrameBatch batch = new FrameBatch();
  private boolean inRound;

  Lane(EventLoop loop, Hub hub) {
    this.loop = loop;
    this.hub = hub;
  }

  EventLoop loop() {
    return loop;
  }

  public Hub hub() {
    return hub;
  }

  HubCounters counters() {
    return hub.counters();
  }

  /** Any thread. */
  void onNews(LaneTopic topic) {
    news.add(topic);
    wake();
  }

  private void wake() {
    if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
      loop.execute(this::round);
    }
  }

  /** Runs a task on the lane's thread; any thread. */
  public void execute(Runnable task) {
    loop.execute(task);
  }

  void schedule(Runnable task, long nanos) {
    loop.schedule(task, nanos, TimeUnit.NANOSECONDS);
  }

  private void round() {
    long start = System.nanoTime();
    scheduled.set(false);
    inRound = true;
    LaneTopic topic;
    while ((topic = news.poll()) != null) {
      topic.distribute(start);
    }
    writeTouched(start);
    inRound = false;
    if (!touched.isEmpty()) {
      wake();
    }
    counters().laneNanos.add(System.nanoTime() - start);
  }

  private void writeTouched(long start) {
    int written = 0;
    Session session;
    while ((session = touched.poll()) != null) {
      session.write(batch);
      if (++written % SESSIONS_BETWEEN_LOOKS == 0 && System.nanoTime() - start > ROUND_NANOS) {
        return;
      }
    }
  }

  /** Has the session written to in this round or the next. */
  void touch(Session session) {
    touched.add(session);
    if (!inRound) {
      wake();
    }
  }

  void add(Session session) {
    sessions.add(session);
  }

  void remove(Session session) {
    sessions.remove(session);
  }

  /** The sessions of this lane; only on its thread. */
  public Set<Session> sessions() {
    return sessions;
  }

  LaneTopic topic(Topic topic) {
    LaneTopic mine = topics.get(topic.channel());
    if (mine == null || mine.topic() != topic) {
      mine = new LaneTopic(this, topic);
      topics.put(topic.channel(), mine);
      topic.join(mine);
    }
    return mine;
  }

  void forget(LaneTopic topic) {
    topic.topic().part(topic);
    topics.remove(topic.topic().channel(), topic);
  }

  void addPattern(Session session, Pattern pattern) {
    patterns.computeIfAbsent(pattern, p -> new LinkedHashSet<>(2)).add(session);
  }

  void removePattern(Session session, Pattern pattern) {
    Set<Session> holders = patterns.get(pattern);
    if (holders != null && holders.remove(session) && holders.isEmpty()) {
      patterns.remove(pattern);
    }
  }

  /** A channel has appeared that patterns of this lane's sessions match. */
  void onAppeared(Topic topic) {
    patterns.forEach((pattern, holders) -> {
      if (pattern.matches(topic.channel())) {
        holders.forEach(session -> session.attachFromStart(topic));
      }
    });
  }

  /** The channel is gone from this node, and with it its subscriptions. */
  void onRemoved(Topic topic) {
    LaneTopic mine = topics.get(topic.channel());
    if (mine != null && mine.topic() == topic) {
      sessions.forEach(session -> session.detach(topic.channel()));
    }
  }

  /**
   * Whether some subscriber to each publication is past half a ring behind. Any thread but the
   * lane's; the answer is the lane's own, so that asking also waits for its turn.
   */
  public boolean isBehind() {
    return loop.submit(() -> topics.values().stream().anyMatch(LaneTopic::hasLaggard))
        .syncUninterruptibly()
        .getNow();
  }

  /** The channels that exist on this node and that the selector matches. */
  List<Topic> existing(Selector selector) {
    List<Topic> found = new ArrayList<>();
    hub.topics()
        .forEach(topic -> {
          if (selector.matches(topic.channel())) {
            found.add(topic);
          }
        });
    return found;
  }

  @Nullable Topic find(String channel) {
    return hub.find(channel);
  }
}
