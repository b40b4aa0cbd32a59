package dev.tapeline.hub.topic;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Subscribes and unsubscribes at the bus, in order, on a thread of its own. Calls of one sort that
 * wait together are joined, up to a number. May be used from any thread.
 */
final class InterestCalls {

  private static final int MOST_AT_ONCE = 256;

  private final Bus bus;
  private final Executor caller;
  private final Queue<Call> waiting = new ArrayDeque<>();
  private boolean scheduled;

  private record Call(Selector selector, boolean wanted) {}

  InterestCalls(Bus bus, Executor caller) {
    this.bus = bus;
    this.caller = caller;
  }

  void subscribe(Selector selector) {
    add(new Call(selector, true));
  }

  void unsubscribe(Selector selector) {
    add(new Call(selector, false));
  }

  private void add(Call call) {
    synchronized (this) {
      waiting.add(call);
      if (scheduled) {
        return;
      }
      scheduled = true;
    }
    caller.execute(this::callSome);
  }

  /** Does one call, so that other users of the thread get their turn in between. */
  private void callSome() {
    call(takeAlike());
    callRest();
  }

  private void callRest() {
    synchronized (this) {
      scheduled = !waiting.isEmpty();
      if (!scheduled) {
        return;
      }
    }
    caller.execute(this::callSome);
  }

  private void call(List<Call> alike) {
    List<Selector> selectors = alike.stream().map(Call::selector).toList();
    if (alike.getFirst().wanted()) {
      bus.subscribe(selectors);
    } else {
      bus.unsubscribe(selectors);
    }
  }

  /** Takes the calls of one sort at the front: the bus hears of changes in their order. */
  private synchronized List<Call> takeAlike() {
    List<Call> taken = new ArrayList<>();
    Call next = waiting.peek();
    while (next != null && taken.size() < MOST_AT_ONCE && isLike(taken, next)) {
      taken.add(waiting.remove());
      next = waiting.peek();
    }
    return taken;
  }

  private static boolean isLike(List<Call> taken, @Nullable Call next) {
    return next != null && (taken.isEmpty() || taken.getFirst().wanted() == next.wanted());
  }
}
