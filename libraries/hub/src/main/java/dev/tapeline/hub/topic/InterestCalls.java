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
 * Tells the bus what is wanted, in the order in which that was decided, on a thread of its own;
 * whatever has come together goes in one call, up to a number. May be used from any thread.
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

  /** Others that use the same thread come between. */
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

  /** Those in front that ask for the same: the bus hears of changes in their order. */
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
