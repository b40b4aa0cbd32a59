package dev.tapeline.feed.net;

import dev.tapeline.feed.vendor.RestCall;
import dev.tapeline.feed.vendor.RestCall.Cost;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The budgets of a vendor. Several of one name hold at the same time, such as 5 in a second and
 * 100,000 in a day. Times are those of a clock in nanoseconds that is not set. Not thread-safe.
 */
final class Budgets {

  private final Map<String, List<SlidingWindow>> windows = new HashMap<>();
  private final Map<String, Long> pauses = new HashMap<>();

  Budgets(List<RestCall.Budget> budgets) {
    for (RestCall.Budget budget : budgets) {
      windows.computeIfAbsent(budget.name(), _ -> new ArrayList<>()).add(new SlidingWindow(budget));
    }
  }

  /** Why a call can never be made; null if it can. */
  @Nullable String objection(RestCall call) {
    for (Cost cost : call.costs()) {
      List<SlidingWindow> limits = windows.get(cost.budget());
      if (limits == null) {
        return "there is no budget %s".formatted(cost.budget());
      }
      if (limits.stream().anyMatch(limit -> !limit.isEnoughFor(cost.weight()))) {
        return "a weight of %d is over the budget %s".formatted(cost.weight(), cost.budget());
      }
    }
    return null;
  }

  /** How long it takes from now until all costs of a call have room; 0 if they have now. */
  long nanosUntil(RestCall call, long now) {
    long longest = 0;
    for (Cost cost : call.costs()) {
      Long pause = pauses.get(cost.budget());
      if (pause != null) {
        longest = Math.max(longest, pause - now);
      }
      for (SlidingWindow window : windows.getOrDefault(cost.budget(), List.of())) {
        longest = Math.max(longest, window.nanosUntil(cost.weight(), now));
      }
    }
    return longest;
  }

  void spend(RestCall call, long now) {
    for (Cost cost : call.costs()) {
      for (SlidingWindow window : windows.getOrDefault(cost.budget(), List.of())) {
        window.spend(cost.weight(), now);
      }
    }
  }

  /** Leaves a budget alone until a time, or until a later one that was said before. */
  void rest(String budget, long until) {
    if (windows.containsKey(budget)) {
      pauses.merge(budget, until, (one, other) -> other - one > 0 ? other : one);
    }
  }
}
