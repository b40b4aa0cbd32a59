package dev.tapeline.gateway.hub;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Channel;
import dev.tapeline.core.Pattern;
import dev.tapeline.core.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client's request for some channels. It is answered when the bus delivers all of them, so that
 * nothing is lost between the answer and the first frame; or, while the bus is away, at once, as
 * pending. Runs on the session's lane.
 */
public final class SubscribeCall {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Session session;
  private final Hub hub;
  private final List<Wish> wishes;
  private final List<Wish> waiting;
  private final Consumer<List<Granted>> answer;
  private boolean answered;

  private SubscribeCall(Session session, List<Wish> wishes, Consumer<List<Granted>> answer) {
    this.session = session;
    this.hub = session.lane().hub();
    this.wishes = wishes;
    this.waiting = new ArrayList<>(wishes);
    this.answer = answer;
  }

  /** What is asked for. */
  public record Wish(Selector selector, Options options) {}

  /**
   * What was given.
   *
   * @param epoch of a single channel; null for a pattern, and while pending
   * @param seq the last number the client holds, with the snapshot if there is one
   * @param pending whether the bus is away, so that an epoch follows
   */
  public record Granted(
      Selector selector,
      Options options,
      @Nullable String epoch,
      long seq,
      boolean pending,
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
      waiting.remove(wish);
      return;
    }
    session.want(wish.selector(), wish.options());
    hub.acquire(wish.selector(), wish.options(), () -> session.lane().execute(() -> onLive(wish)));
  }

  private void onLive(Wish wish) {
    waiting.remove(wish);
    if (answered) {
      hub.onGranted(); // it was pending until now
    } else if (waiting.isEmpty()) {
      finish();
    }
  }

  private void finish() {
    if (answered || session.isClosed()) {
      return;
    }
    answered = true;
    List<Granted> granted = new ArrayList<>(wishes.size());
    for (Wish wish : wishes) {
      if (session.holds(wish.selector())) {
        granted.add(grant(wish, waiting.contains(wish)));
      }
    }
    answer.accept(granted);
    if (!granted.stream().allMatch(Granted::pending)) {
      hub.onGranted();
    }
  }

  private Granted grant(Wish wish, boolean pending) {
    return switch (wish.selector()) {
      case Channel channel -> grantChannel(channel, wish.options(), pending);
      case Pattern pattern -> grantPattern(pattern, wish.options(), pending);
    };
  }

  private Granted grantChannel(Channel channel, Options options, boolean pending) {
    Topic topic = hub.obtain(channel.name());
    if (pending) {
      topic.expire();
    }
    Subscription cursor = session.attach(topic, options);
    Optional<Frame> snapshot =
        options.snapshot() && !pending ? cursor.takeSnapshot() : Optional.empty();
    String epoch = pending ? null : cursor.epoch();
    return new Granted(channel, cursor.options(), epoch, cursor.seq(), pending, snapshot);
  }

  private Granted grantPattern(Pattern pattern, Options options, boolean pending) {
    session.lane().addPattern(session, pattern);
    for (Topic topic : session.lane().existing(pattern)) {
      session.attachByPattern(topic, options.snapshot());
    }
    return new Granted(pattern, options, null, 0, pending, Optional.empty());
  }
}
