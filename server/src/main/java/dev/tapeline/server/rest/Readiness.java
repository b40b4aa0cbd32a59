package dev.tapeline.server.rest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Whether the server should get requests, and if not, why. May be used from any thread. */
public final class Readiness {

  private final Map<String, Supplier<Boolean>> conditions = new LinkedHashMap<>();
  private boolean draining;

  /**
   * Makes readiness depend on a condition as well.
   *
   * @param reason what to tell while the condition does not hold
   */
  public synchronized Readiness require(String reason, Supplier<Boolean> condition) {
    conditions.put(reason, condition);
    return this;
  }

  /** From now on the server is not ready any more. */
  public synchronized void drain() {
    draining = true;
  }

  /** Why the server is not ready; empty if it is. */
  public synchronized List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    if (draining) {
      reasons.add("the server is draining");
    }
    conditions.forEach((reason, condition) -> {
      if (!condition.get()) {
        reasons.add(reason);
      }
    });
    return reasons;
  }
}
