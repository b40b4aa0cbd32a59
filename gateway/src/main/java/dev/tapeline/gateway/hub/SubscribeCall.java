package dev.tapeline.gateway.hub;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Channel;
import dev.tapeline.core.ChannelLog;
import dev.tapeline.core.Pattern;
import dev.tapeline.core.Position;
import dev.tapeline.core.Selector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client's request for some channels. It is answered when the bus delivers all of them, and
 * what their clients have missed has been read, so that nothing is lost between the answer and the
 * first frame; or, while the bus is away, at once, as pending. Runs on the session's lane.
 */
public final class SubscribeCall {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** How often a request that recovers is waited for again, while the bus is there. */
  private static final int MORE_PATIENCE = 4;

  /** How often what was read is read again, as rings have moved on meanwhile. */
  private static final int MAX_REREADS = 3;

  private final Session session;
  private final Hub hub;
  private final List<Wish> wishes;
  private final List<Wish> waiting;
  private final Set<Wish> live = new HashSet<>(1);
  private final Set<Wish> looking = new HashSet<>(1);
  private final Map<Wish, Position> found = new ConcurrentHashMap<>(1);
  private final Consumer<List<Granted>> answer;
  private boolean answered;
  private boolean counted;
  private boolean overdue;
  private int waited;
  private int rereads;

  private SubscribeCall(Session session, List<Wish> wishes, Consumer<List<Granted>> answer) {
    this.session = session;
    this.hub = session.lane().hub();
    this.wishes = wishes;
    this.waiting = new ArrayList<>(wishes);
    this.answer = answer;
  }

  /**
   * What is asked for.
   *
   * @param start where to begin; null for at the newest
   */
  public record Wish(Selector selector, Options options, @Nullable Start start) {

    public Wish(Selector selector, Options options) {
      this(selector, options, null);
    }
  }

  /** Where a subscription to a durable channel begins. */
  public sealed interface Start {

    /** Behind what the client holds already. */
    record Recover(Position held) implements Start {}

    /**
     * At what was logged at an instant or later.
     *
     * @param millis epoch milliseconds UTC, of the log's clock
     * @param speed 1 for the pace at which it was logged, 0 for as fast as the client takes it
     */
    record Since(long millis, double speed) implements Start {}
  }

  /**
   * What was given.
   *
   * @param epoch of a single channel; null for a pattern, and while pending
   * @param seq the last number the client holds, with the snapshot if there is one
   * @param pending whether the bus is away, so that an epoch follows
   * @param recoverable whether it can be recovered later; never so for a pattern
   * @param recovered whether all that was missed follows; empty if that was not asked for
   */
  public record Granted(
      Selector selector,
      Options options,
      @Nullable String epoch,
      long seq,
      boolean pending,
      boolean recoverable,
      Optional<Boolean> recovered,
      Optional<Frame> snapshot) {}

  /** Asks; the answer is given on this thread, now or later, unless the session ends before. */
  public static void start(Session session, List<Wish> wishes, Consumer<List<Granted>> answer) {
    SubscribeCall call = new SubscribeCall(session, wishes, answer);
    for (Wish wish : wishes) {
      call.ask(wish);
    }
    if (session.lane().hub().bus().state() == Bus.State.DOWN || call.waiting.isEmpty()) {
      call.finish();
    } else {
      call.countWaiting();
      session.lane().schedule(call::finishUnlessRecovering, PATIENCE_NANOS);
    }
  }

  /** A recovery is worth more than a fast refusal, as long as its log can be read. */
  private void finishUnlessRecovering() {
    if (counted && waited++ < MORE_PATIENCE && hub.bus().state() == Bus.State.UP) {
      session.lane().schedule(this::finishUnlessRecovering, PATIENCE_NANOS);
    } else {
      finish();
    }
  }

  private void countWaiting() {
    counted = wishes.stream().anyMatch(wish -> wish.start() != null);
    if (counted) {
      hub.onWaiting(1);
    }
  }

  private void ask(Wish wish) {
    boolean held = session.holds(wish.selector());
    session.want(wish.selector(), wish.options());
    if (held) {
      hub.whenLive(wish.selector(), () -> onLiveNow(wish));
    } else {
      hub.acquire(wish.selector(), () -> onLiveLater(wish));
    }
  }

  private void onLive(Wish wish) {
    if (answered) {
      hub.onGranted(); // it was pending until now
      return;
    }
    live.add(wish);
    if (!awaitsLog(wish)) {
      waiting.remove(wish);
      if (overdue || waiting.isEmpty()) {
        finish();
      }
    }
  }

  /** Has what the client is to get first read, if it is not here; calls {@link #onLive} again. */
  private boolean awaitsLog(Wish wish) {
    Topic topic = hub.find(wish.selector().text());
    if (wish.start() == null || topic == null || !topic.isDurable()) {
      return false;
    }
    return switch (wish.start()) {
      case Start.Recover(Position held) -> awaitsMissed(wish, topic, held);
      case Start.Since since -> {
        Position held = found.get(wish);
        yield held == null ? awaitsFound(wish, since) : awaitsMissed(wish, topic, held);
      }
    };
  }

  private boolean awaitsMissed(Wish wish, Topic topic, Position held) {
    boolean paced = wish.start() instanceof Start.Since since && since.speed() > 0;
    return !paced
        && wish.options().mode() == Mode.ALL
        && topic.readMissed(
            held, session.encoding(wish.options()), session.lane(), () -> onLiveLater(wish));
  }

  /** Has the place of an instant looked up, once. */
  private boolean awaitsFound(Wish wish, Start.Since since) {
    if (!looking.add(wish)) {
      return false;
    }
    var _ =
        hub.bus()
            .log()
            .readSince(wish.selector().text(), since.millis(), 1)
            .whenComplete((extract, error) -> {
              if (extract != null) {
                found.put(wish, placeBefore(extract));
              }
              onLiveLater(wish);
            });
    return true;
  }

  private static Position placeBefore(ChannelLog.Extract extract) {
    Position first =
        extract.entries().isEmpty() ? null : extract.entries().getFirst().publication().position();
    return first == null ? extract.top() : new Position(first.epoch(), first.seq() - 1);
  }

  /** At once, if this is the lane: what has other options now would miss what comes in between. */
  private void onLiveNow(Wish wish) {
    if (session.lane().loop().inEventLoop()) {
      onLive(wish);
    } else {
      onLiveLater(wish);
    }
  }

  private void onLiveLater(Wish wish) {
    session.lane().execute(() -> onLive(wish));
  }

  private void finish() {
    if (answered || readsAgain()) {
      return;
    }
    answered = true;
    if (counted) {
      hub.onWaiting(-1);
    }
    if (session.isClosed()) {
      return;
    }
    List<Granted> granted = new ArrayList<>(wishes.size());
    for (Wish wish : wishes) {
      if (session.holds(wish.selector())) {
        granted.add(grant(wish, waiting.contains(wish) && !live.contains(wish)));
      }
    }
    answer.accept(granted);
    if (!granted.stream().allMatch(Granted::pending)) {
      hub.onGranted();
    }
  }

  /** Those that were ready early may have waited for others too long: looks at all once more. */
  private boolean readsAgain() {
    if (hub.bus().state() == Bus.State.DOWN || session.isClosed() || rereads++ == MAX_REREADS) {
      return false;
    }
    boolean reading = false;
    for (Wish wish : wishes) {
      reading |= live.contains(wish) && !waiting.contains(wish) && awaitsLog(wish);
    }
    if (reading) {
      overdue = true;
      session.lane().schedule(this::finish, PATIENCE_NANOS);
    }
    return reading;
  }

  private Granted grant(Wish wish, boolean pending) {
    return switch (wish.selector()) {
      case Channel channel -> grantChannel(channel, wish, pending);
      case Pattern pattern -> grantPattern(pattern, wish.options(), pending);
    };
  }

  private Granted grantChannel(Channel channel, Wish wish, boolean late) {
    Topic topic = hub.obtain(channel.name());
    if (late) {
      topic.expire();
    }
    if (late && topic.isStale()) {
      Subscription cursor = session.cursors().attach(topic, wish.options());
      return new Granted(
          channel,
          cursor.options(),
          null,
          0,
          true,
          topic.isDurable(),
          Optional.empty(),
          Optional.empty());
    }
    return grantPlaced(channel, topic, wish);
  }

  private Granted grantPlaced(Channel channel, Topic topic, Wish wish) {
    Position held = wish.start() instanceof Start.Recover(Position h) ? h : found.get(wish);
    if (wish.start() instanceof Start.Since since && since.speed() > 0 && held != null) {
      Subscription cursor = session.cursors().replay(topic, wish.options(), held.seq(), since);
      return granted(channel, cursor, held.seq(), Optional.of(true), Optional.empty());
    }
    Subscription cursor = session.cursors().attach(topic, wish.options());
    long head = cursor.seq();
    Optional<Boolean> recovered =
        wish.start() == null ? Optional.empty() : Optional.of(held != null && cursor.recover(held));
    recovered.ifPresent(this::count);
    boolean snapshot = recovered.map(done -> !done).orElse(wish.options().snapshot());
    Optional<Frame> newest = snapshot ? cursor.takeSnapshot() : Optional.empty();
    long seq = recovered.orElse(false) ? head : cursor.seq();
    return granted(channel, cursor, seq, recovered, newest);
  }

  private static Granted granted(
      Channel channel,
      Subscription cursor,
      long seq,
      Optional<Boolean> recovered,
      Optional<Frame> snapshot) {
    return new Granted(
        channel,
        cursor.options(),
        cursor.epoch(),
        seq,
        false,
        cursor.topic().isDurable(),
        recovered,
        snapshot);
  }

  private void count(boolean recovered) {
    (recovered ? hub.counters().recovered : hub.counters().recoveryRefused).increment();
  }

  private Granted grantPattern(Pattern pattern, Options options, boolean pending) {
    session.lane().addPattern(session, pattern);
    for (Topic topic : session.lane().existing(pattern)) {
      session.attachByPattern(topic, options.snapshot());
    }
    return new Granted(
        pattern, options, null, 0, pending, false, Optional.empty(), Optional.empty());
  }
}
