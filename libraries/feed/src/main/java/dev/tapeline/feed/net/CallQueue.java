package dev.tapeline.feed.net;

import dev.tapeline.feed.vendor.RestCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The calls that wait for their budgets. Those of a budget keep their order: none overtakes another
 * with which it shares a budget. Times are those of a clock in nanoseconds that is not set. Not
 * thread-safe.
 */
final class CallQueue {

  private final Budgets budgets;
  private final int limit;
  private final List<RestCall> waiting = new ArrayList<>();

  CallQueue(Budgets budgets, int limit) {
    this.budgets = budgets;
    this.limit = limit;
  }

  /**
   * Adds a call, in the place of a waiting one of its name.
   *
   * @return why it was not added; null if it was
   */
  @Nullable String add(RestCall call) {
    String objection = budgets.objection(call);
    if (objection != null) {
      return objection;
    }
    for (int i = 0; i < waiting.size(); i++) {
      if (waiting.get(i).name().equals(call.name())) {
        waiting.set(i, call);
        return null;
      }
    }
    if (waiting.size() >= limit) {
      return "too many calls wait";
    }
    waiting.add(call);
    return null;
  }

  void rest(String budget, long until) {
    budgets.rest(budget, until);
  }

  /** Removes the waiting call of a name; false if none waits. */
  boolean remove(String name) {
    return waiting.removeIf(call -> call.name().equals(name));
  }

  int size() {
    return waiting.size();
  }

  /** Removes the first call that may be made now, and spends its costs; null if there is none. */
  @Nullable RestCall take(long now) {
    Set<String> awaited = new HashSet<>();
    for (Iterator<RestCall> calls = waiting.iterator(); calls.hasNext(); ) {
      RestCall call = calls.next();
      if (isFree(call, awaited) && budgets.nanosUntil(call, now) <= 0) {
        calls.remove();
        budgets.spend(call, now);
        return call;
      }
      call.costs().forEach(cost -> awaited.add(cost.budget()));
    }
    return null;
  }

  /** How long it takes from now until a call may be made; the greatest number if none waits. */
  long nanosUntilNext(long now) {
    Set<String> awaited = new HashSet<>();
    long shortest = Long.MAX_VALUE;
    for (RestCall call : waiting) {
      if (isFree(call, awaited)) {
        shortest = Math.min(shortest, budgets.nanosUntil(call, now));
      }
      call.costs().forEach(cost -> awaited.add(cost.budget()));
    }
    return shortest;
  }

  private static boolean isFree(RestCall call, Set<String> awaited) {
    return call.costs().stream().noneMatch(cost -> awaited.contains(cost.budget()));
  }
}
