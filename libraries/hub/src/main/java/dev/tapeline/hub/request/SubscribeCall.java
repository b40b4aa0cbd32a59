package dev.tapeline.hub.request;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Selector;
import dev.tapeline.hub.lane.OpenRequest;
import dev.tapeline.hub.lane.Session;
import dev.tapeline.hub.topic.Availability;
import dev.tapeline.hub.topic.Hub;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One client's request for some channels and patterns. It is answered when the bus delivers all of
 * them and what the client has missed has been read, so that nothing is lost between the answer and
 * the first frame. While the bus is down it is answered at once, as pending. Runs on the session's
 * lane.
 */
public final class SubscribeCall implements OpenRequest {

  /** Larger requests are asked for in steps, between which the lane serves others. */
  private static final int ASKED_AT_ONCE = 8;

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** How often a request that recovers is waited for again, while the bus is there. */
  private static final int MORE_PATIENCE = 4;

  /** How often the log is read again because rings have moved on meanwhile. */
  private static final int MAX_REREADS = 3;

  private final Session session;
  private final Hub hub;
  private final List<PendingSubscription> pending;
  private final Set<Selector> selectors;
  private final Set<PendingSubscription> waiting;
  private final Set<Selector> withdrawn = new HashSet<>(0);
  private final Consumer<List<SubscriptionGrant>> answer;
  private boolean answered;
  private boolean counted;
  private boolean overdue;
  private int waited;
  private int rereads;

  private SubscribeCall(
      Session session,
      List<SubscriptionRequest> requests,
      Consumer<List<SubscriptionGrant>> answer) {
    this.session = session;
    this.hub = session.lane().hub();
    long now = System.nanoTime();
    this.pending =
        requests.stream()
            .map(request -> new PendingSubscription(session, request, now, this::look))
            .toList();
    this.selectors =
        requests.stream().map(SubscriptionRequest::selector).collect(Collectors.toSet());
    this.waiting = new LinkedHashSet<>(pending);
    this.answer = answer;
  }

  /** Asks; the answer is given on this thread, now or later, unless the session ends before. */
  public static void start(
      Session session,
      List<SubscriptionRequest> requests,
      Consumer<List<SubscriptionGrant>> answer) {
    SubscribeCall call = new SubscribeCall(session, requests, answer);
    session.requests().begin(call);
    call.pending.forEach(PendingSubscription::note);
    if (requests.size() <= ASKED_AT_ONCE) {
      call.pending.forEach(PendingSubscription::ask);
      call.await(requests);
    } else {
      Iterator<PendingSubscription> left = call.pending.iterator();
      session.lane().add(() -> call.askNext(left, requests));
    }
  }

  /** Asks for the next few; returns whether there are more. */
  private boolean askNext(Iterator<PendingSubscription> left, List<SubscriptionRequest> requests) {
    if (left.hasNext()) {
      left.next().ask();
      return true;
    }
    await(requests);
    return false;
  }

  private void await(List<SubscriptionRequest> requests) {
    if (hub.bus().state() == Bus.State.DOWN || waiting.isEmpty()) {
      finish();
    } else {
      countWaiting(requests);
      session.lane().schedule(this::finishUnlessRecovering, PATIENCE_NANOS);
    }
  }

  /** Waits longer for a recovery while the bus is up: it is worth more than a fast refusal. */
  private void finishUnlessRecovering() {
    if (counted && waited++ < MORE_PATIENCE && hub.bus().state() == Bus.State.UP) {
      session.lane().schedule(this::finishUnlessRecovering, PATIENCE_NANOS);
    } else {
      overdue = true;
      finish();
    }
  }

  private void countWaiting(List<SubscriptionRequest> requests) {
    counted = requests.stream().anyMatch(request -> request.start() != null);
    if (counted) {
      hub.onWaiting(1);
    }
  }

  /** Looks at one subscription again, because there is news for it. */
  private void look(PendingSubscription one) {
    if (answered) {
      hub.onGranted(); // it was pending until now
    } else if (!isWithdrawn(one) && one.awaitLog() == Availability.READY) {
      waiting.remove(one);
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
    waiting.removeIf(one -> one.selector().equals(selector));
  }

  private boolean isWithdrawn(PendingSubscription one) {
    return withdrawn.contains(one.selector());
  }

  private void finish() {
    if (answered || session.requests().isBehindAnother(this)) {
      return;
    }
    if (readAgain() == Availability.WAITING) {
      return;
    }
    answered = true;
    if (counted) {
      hub.onWaiting(-1);
    }
    if (!session.isClosed()) {
      grant();
    }
    pending.forEach(PendingSubscription::end);
    session.requests().end(this);
  }

  private void grant() {
    List<SubscriptionGrant> granted = new ArrayList<>(pending.size());
    for (PendingSubscription one : pending) {
      if (!isWithdrawn(one)) {
        granted.add(one.grant());
      }
    }
    answer.accept(granted);
    if (!granted.stream().allMatch(SubscriptionGrant::pending)) {
      hub.onGranted();
    }
  }

  /**
   * Looks at all once more: the ring may have moved on while those that were ready waited for the
   * others.
   */
  private Availability readAgain() {
    if (hub.bus().state() == Bus.State.DOWN || session.isClosed() || rereads++ == MAX_REREADS) {
      return Availability.READY;
    }
    boolean reading = false;
    for (PendingSubscription one : pending) {
      if (!waiting.contains(one) && !isWithdrawn(one)) {
        reading |= one.awaitLog() == Availability.WAITING;
      }
    }
    if (!reading) {
      return Availability.READY;
    }
    overdue = true;
    session.lane().schedule(this::finish, PATIENCE_NANOS);
    return Availability.WAITING;
  }
}
