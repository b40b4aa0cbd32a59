package dev.tapeline.gateway.hub;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Channel;
import dev.tapeline.core.Pattern;
import dev.tapeline.core.Position;
import dev.tapeline.core.Selector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client's request for some channels. It is answered when the bus delivers all of them, and what
 * their clients have missed has been read, so that nothing is lost between the answer and the first
 * frame; or, while the bus is away, at once, as pending. Runs on the session's lane.
 */
public final class SubscribeCall {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Session session;
  private final Hub hub;
  private final List<Wish> wishes;
  private final List<Wish> waiting;
  private final Set<Wish> reading = new HashSet<>(1);
  private final Consumer<List<Granted>> answer;
  private boolean answered;

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
   * @param recover what the client holds already; null if nothing
   */
  public record Wish(Selector selector, Options options, @Nullable Position recover) {

    public Wish(Selector selector, Options options) {
      this(selector, options, null);
    }
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
      session.lane().schedule(call::finish, PATIENCE_NANOS);
    }
  }

  private void ask(Wish wish) {
    if (session.holds(wish.selector())) {
      session.want(wish.selector(), wish.options());
      onLive(wish);
      return;
    }
    session.want(wish.selector(), wish.options());
    hub.acquire(wish.selector(), wish.options(), () -> session.lane().execute(() -> onLive(wish)));
  }

  private void onLive(Wish wish) {
    if (answered) {
      hub.onGranted(); // it was pending until now
    } else if (!awaitsLog(wish)) {
      waiting.remove(wish);
      if (waiting.isEmpty()) {
        finish();
      }
    }
  }

  /** Has what the client missed read, if the ring has not got it; calls {@link #onLive} again. */
  private boolean awaitsLog(Wish wish) {
    Position held = wish.recover();
    Topic topic = held == null ? null : hub.find(wish.selector().text());
    if (held == null || topic == null || !topic.isDurable() || !reading.add(wish)) {
      return false;
    }
    return topic.readMissed(
        held,
        wish.options(),
        session.lane(),
        () -> session.lane().execute(() -> onLive(wish)));
  }

  private void finish() {
    if (answered || session.isClosed()) {
      return;
    }
    answered = true;
    List<Granted> granted = new ArrayList<>(wishes.size());
    for (Wish wish : wishes) {
      if (session.holds(wish.selector())) {
        granted.add(grant(wish, waiting.contains(wish) && !reading.contains(wish)));
      }
    }
    answer.accept(granted);
    if (!granted.stream().allMatch(Granted::pending)) {
      hub.onGranted();
    }
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
    boolean pending = late && topic.isStale();
    Subscription cursor = session.attach(topic, wish.options());
    long head = cursor.seq();
    Optional<Boolean> recovered =
        Optional.ofNullable(wish.recover()).map(held -> !pending && cursor.recover(held));
    recovered.ifPresent(this::count);
    boolean snapshot =
        !pending && recovered.map(done -> !done).orElse(wish.options().snapshot());
    Optional<Frame> newest = snapshot ? cursor.takeSnapshot() : Optional.empty();
    return new Granted(
        channel,
        cursor.options(),
        pending ? null : cursor.epoch(),
        recovered.orElse(false) ? head : cursor.seq(),
        pending,
        topic.isDurable(),
        recovered,
        newest);
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
