package dev.tapeline.hub.lane;

import dev.tapeline.core.Pattern;
import dev.tapeline.core.PatternIndex;
import dev.tapeline.hub.frame.FrameBatch;
import dev.tapeline.hub.frame.Framing;
import dev.tapeline.hub.slow.SlowClients;
import dev.tapeline.hub.topic.Chores;
import dev.tapeline.hub.topic.Hub;
import dev.tapeline.hub.topic.HubCounters;
import dev.tapeline.hub.topic.Timer;
import dev.tapeline.hub.topic.Topic;
import dev.tapeline.hub.topic.TopicListener;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundInvoker;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One event loop and the sessions that it owns. A publication marks its channel at each lane that
 * reads it. A round queues the subscriptions of the marked channels at their sessions, and then
 * writes to each session that can take it, once. The busier the lane, the more a round finds, and
 * the more goes out in one system call.
 *
 * <p>A round takes a few milliseconds at most, and the loop serves its sockets before the next one,
 * however much there is to do. So rounds are scheduled as timers that are due at once: as tasks,
 * the loop would run them back to back for up to a second.
 */
public final class Lane implements Timer, TopicListener {

  private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final int SESSIONS_BETWEEN_LOOKS = 8;

  private final EventLoop loop;
  private final Hub hub;
  private final Queue<LaneTopic> urgentNews = new ConcurrentLinkedQueue<>();
  private final Queue<LaneTopic> news = new ConcurrentLinkedQueue<>();
  private final LongConsumer latency;
  private final Rounds rounds;
  private final Map<String, LaneTopic> topics = new HashMap<>();
  private final PatternIndex<Set<Session>> patterns = new PatternIndex<>();
  private final Chores chores = new Chores();
  private final Deque<Session> touched = new ArrayDeque<>();
  private final FrameBatch batch = new FrameBatch();
  private final SlowClients slow;
  private final List<CountDownLatch> awaitingRoom = new ArrayList<>(1);

  private Lane(EventLoop loop, Hub hub, LongConsumer latency) {
    this.loop = loop;
    this.hub = hub;
    this.latency = latency;
    Runnable round = this::round;
    this.rounds = new Rounds(() -> loop.execute(round), this::hasNews);
    this.slow = new SlowClients(this, this::add, hub.slowStepNanos());
  }

  /**
   * Makes a lane of a loop; before the hub is started.
   *
   * @param latency takes samples of the nanoseconds from a publication's origin to the end of a
   *     write that carries it: of each eighth connection that the lane writes to, and of each
   *     round's last; on the lane's thread
   */
  public static Lane on(EventLoop loop, Hub hub, LongConsumer latency) {
    Lane lane = new Lane(loop, hub, latency);
    hub.listen(lane);
    return lane;
  }

  /**
   * Opens the session of a new connection, on the lane's thread. The listener is told nothing
   * before the first subscription.
   *
   * @param out where its frames go: the place in the pipeline with the fewest handlers on the way
   */
  public Session open(
      Channel channel, ChannelOutboundInvoker out, Framing framing, SessionListener listener) {
    return new Session(channel, out, framing, this, listener);
  }

  /** Whether the caller is on the lane's thread. */
  public boolean isCurrentThread() {
    return loop.inEventLoop();
  }

  public Hub hub() {
    return hub;
  }

  HubCounters counters() {
    return hub.counters();
  }

  /** Any thread. */
  void onNews(LaneTopic topic) {
    (topic.topic().isUrgent() ? urgentNews : news).add(topic);
    rounds.wake();
  }

  /** Adds a long task, which the lane does in steps; any thread. Sockets are served in between. */
  public void add(Chores.Chore chore) {
    chores.add(chore);
    rounds.wake();
  }

  /**
   * Runs a short task in turn with the lane's long ones, as there may be one for each client; any
   * thread.
   */
  public void inTurn(Runnable task) {
    add(() -> {
      task.run();
      return false;
    });
  }

  /** Runs a short task on the lane's thread; any thread. */
  public void execute(Runnable task) {
    loop.execute(task);
  }

  /** Runs a task on the lane's thread after a time; any thread. */
  @Override
  public void schedule(Runnable task, long nanos) {
    loop.schedule(task, nanos, TimeUnit.NANOSECONDS);
  }

  private void round() {
    if (!hasNews() && touched.isEmpty()) {
      tellRoom();
      rounds.rest();
      return;
    }
    try {
      doSome();
    } finally {
      schedule(this::round, 0); // also after a bug: nothing else wakes the lane
    }
  }

  private void doSome() {
    long start = System.nanoTime();
    distributeNews(start);
    writeTouched(start);
    chores.doSome();
    tellRoom();
    long end = System.nanoTime();
    sampleLatency(end);
    counters().laneNanos.add(end - start);
  }

  private boolean hasNews() {
    return !news.isEmpty() || !urgentNews.isEmpty() || !chores.isEmpty();
  }

  private void distributeNews(long start) {
    LaneTopic topic;
    while (System.nanoTime() - start < ROUND_NANOS && (topic = nextNews()) != null) {
      topic.distribute(start);
    }
  }

  private @Nullable LaneTopic nextNews() {
    LaneTopic first = urgentNews.poll();
    return first == null ? news.poll() : first;
  }

  private void writeTouched(long start) {
    int written = 0;
    Session session;
    while ((session = touched.poll()) != null) {
      session.write(batch);
      if (++written % SESSIONS_BETWEEN_LOOKS == 0) {
        long now = System.nanoTime();
        sampleLatency(now);
        if (now - start > ROUND_NANOS) {
          return;
        }
      }
    }
  }

  /** Samples the age of the newest publication in the last write. */
  private void sampleLatency(long now) {
    if (batch.takeLive()) {
      latency.accept(now - batch.originNanos());
    }
  }

  /**
   * Queues the session for a write in this round or the next.
   *
   * @param urgent whether it goes in front of all others
   */
  void touch(Session session, boolean urgent) {
    if (urgent) {
      touched.addFirst(session);
    } else {
      touched.add(session);
    }
    rounds.wake();
  }

  /** The session's connection has not taken all that was written. */
  void onBlocked(Session session) {
    slow.add(session.slowClient());
  }

  void remove(Session session) {
    slow.remove(session.slowClient());
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

  public void addPattern(Session session, Pattern pattern) {
    Set<Session> known = patterns.get(pattern);
    Set<Session> holders = known == null ? new LinkedHashSet<>(2) : known;
    holders.add(session);
    patterns.put(pattern, holders);
  }

  void removePattern(Session session, Pattern pattern) {
    Set<Session> holders = patterns.get(pattern);
    if (holders != null && holders.remove(session) && holders.isEmpty()) {
      patterns.remove(pattern);
    }
  }

  /** Gives a channel that has appeared to the sessions with matching patterns; any thread. */
  @Override
  public void onAppeared(Topic topic) {
    Deque<Session> left = new ArrayDeque<>();
    add(() -> {
      patterns.forEachMatch(topic.channel(), left::addAll);
      add(() -> attachNext(topic, left));
      return false;
    });
  }

  /** Attaches the channel to the next session, unless the channel is gone again. */
  private boolean attachNext(Topic topic, Deque<Session> left) {
    Session next = find(topic.channel()) == topic ? left.poll() : null;
    if (next != null) {
      next.attachFromStart(topic);
    }
    return next != null;
  }

  /** Ends the subscriptions to a channel that is gone from this node; any thread. */
  @Override
  public void onRemoved(Topic topic) {
    add(() -> {
      LaneTopic mine = topics.get(topic.channel());
      return mine != null && mine.topic() == topic && mine.detachOne();
    });
  }

  /**
   * Waits, on another thread, until no subscription in mode {@code all} is more than half a ring
   * behind. The lane checks, so the call also waits for the lane's turn.
   */
  public void awaitRoom() throws InterruptedException {
    CountDownLatch room = new CountDownLatch(1);
    loop.execute(() -> {
      awaitingRoom.add(room);
      tellRoom();
    });
    room.await();
  }

  private void tellRoom() {
    if (!awaitingRoom.isEmpty() && topics.values().stream().noneMatch(LaneTopic::hasLaggard)) {
      awaitingRoom.forEach(CountDownLatch::countDown);
      awaitingRoom.clear();
    }
  }

  /** Notes that a subscription is gone, which may be one that {@link #awaitRoom} waits for. */
  void onSubscriptionGone() {
    if (!awaitingRoom.isEmpty()) {
      rounds.wake();
    }
  }

  @Nullable Topic find(String channel) {
    return hub.find(channel);
  }
}
