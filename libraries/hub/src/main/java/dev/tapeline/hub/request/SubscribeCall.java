package dev.tapeline.hub.request;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Position;
import dev.tapeline.core.Selector;
import dev.tapeline.hub.frame.Frame;
import dev.tapeline.hub.frame.Options;
import dev.tapeline.hub.lane.OpenRequest;
import dev.tapeline.hub.lane.Session;
import dev.tapeline.hub.topic.Hub;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One client's request for some channels. It is answered when the bus delivers all of them, and
 * what their clients have missed has been read, so that nothing is lost between the answer and the
 * first frame; or, while the bus is away, at once, as pending. Runs on the session's lane.
 */
public final class SubscribeCall implements OpenRequest {

  /** Larger requests are asked for in steps, between which the lane serves others. */
  private static final int ASKED_AT_ONCE = 8;

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** How often a request that recovers is waited for again, while the bus is there. */
  private static final int MORE_PATIENCE = 4;

  /** How often what was read is read again, as rings have moved on meanwhile. */
  private static final int MAX_REREADS = 3;

  private final Session session;
  private final Hub hub;
  private final List<PendingSubscription> placings;
  private final Set<Selector> selectors;
  private final Set<PendingSubscription> waiting;
  private final Set<Selector> withdrawn = new HashSet<>(0);
  private final Consumer<List<Granted>> answer;
  private boolean answered;
  private boolean counted;
  private boolean overdue;
  private int waited;
  private int rereads;

  private SubscribeCall(Session session, List<Wish> wishes, Consumer<List<Granted>> answer) {
    this.session = session;
    this.hub = session.lane().hub();
    long now = System.nanoTime();
    this.placings =
        wishes.stream().map(wish -> new PendingSubscription(session, wish, now, this::look)).toList();
    this.selectors = wishes.stream().map(Wish::selector).collect(Collectors.toSet());
    this.waiting = new LinkedHashSet<>(placings);
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
    session.requests().begin(call);
    call.placings.forEach(PendingSubscription::note);
    if (wishes.size() <= ASKED_AT_ONCE) {
      call.placings.forEach(PendingSubscription::ask);
      call.await(wishes);
    } else {
      Iterator<PendingSubscription> left = call.placings.iterator();
      session.lane().add(() -> call.askNext(left, wishes));
    }
  }

  /** A step of many; whether there is more. */
  private boolean askNext(Iterator<PendingSubscription> left, List<Wish> wishes) {
    if (left.hasNext()) {
      left.next().ask();
      return true;
    }
    await(wishes);
    return false;
  }

  private void await(List<Wish> wishes) {
    if (hub.bus().state() == Bus.State.DOWN || waiting.isEmpty()) {
      finish();
    } else {
      countWaiting(wishes);
      session.lane().schedule(this::finishUnlessRecovering, PATIENCE_NANOS);
    }
  }

  /** A recovery is worth more than a fast refusal, as long as its log can be read. */
  private void finishUnlessRecovering() {
    if (counted && waited++ < MORE_PATIENCE && hub.bus().state() == Bus.State.UP) {
      session.lane().schedule(this::finishUnlessRecovering, PATIENCE_NANOS);
    } else {
      overdue = true;
      finish();
    }
  }

  private void countWaiting(List<Wish> wishes) {
    counted = wishes.stream().anyMatch(wish -> wish.start() != null);
    if (counted) {
      hub.onWaiting(1);
    }
  }

  /** Something that one of them waits for has come. */
  private void look(PendingSubscription placing) {
    if (answered) {
      hub.onGranted(); // it was pending until now
    } else if (!isWithdrawn(placing) && !placing.isWaitingForLog()) {
      waiting.remove(placing);
      proceed();
    }
  }

  @Override
  public void proceed() {
    if (overdue || waiting.isEmpty()) {
      finish();
    }
  }

  @Override
  public Set<Selector> selectors() {
    return selectors;
  }

  @Override
  public boolean isFor(Selector selector) {
    return selectors.contains(selector) && !withdrawn.contains(selector);
  }

  @Override
  public void withdraw(Selector selector) {
    withdrawn.add(selector);
    waiting.removeIf(placing -> placing.selector().equals(selector));
  }

  private boolean isWithdrawn(PendingSubscription placing) {
    return withdrawn.contains(placing.selector());
  }

  private void finish() {
    if (answered || session.requests().isBehindAnother(this) || readsAgain()) {
      return;
    }
    answered = true;
    if (counted) {
      hub.onWaiting(-1);
    }
    if (!session.isClosed()) {
      grant();
    }
    placings.forEach(PendingSubscription::end);
    session.requests().end(this);
  }

  private void grant() {
    List<Granted> granted = new ArrayList<>(placings.size());
    for (PendingSubscription placing : placings) {
      if (!isWithdrawn(placing)) {
        granted.add(placing.grant());
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
    for (PendingSubscription placing : placings) {
      reading |= !waiting.contains(placing) && !isWithdrawn(placing) && placing.isWaitingForLog();
    }
    if (reading) {
      overdue = true;
      session.lane().schedule(this::finish, PATIENCE_NANOS);
    }
    return reading;
  }
}
