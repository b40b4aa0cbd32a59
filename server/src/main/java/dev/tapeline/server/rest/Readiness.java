package dev.tapeline.server.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Whether the server should get requests, and if not, why. May be used from any thread. */
public final class Readiness {

  private final List<Condition> conditions = new ArrayList<>();
  private final List<Supplier<Optional<String>>> notes = new ArrayList<>();
  private boolean draining;

  /**
   * Makes readiness depend on a condition as well.
   *
   * @param reason what to tell while the condition does not hold
   */
  public synchronized void require(Supplier<String> reason, BooleanSupplier condition) {
    conditions.add(new Condition(reason, condition));
  }

  private record Condition(Supplier<String> reason, BooleanSupplier holds) {}

  /**
   * Has a problem told that the server can serve with.
   *
   * @param problem in words; empty while there is none
   */
  public synchronized void note(Supplier<Optional<String>> problem) {
    notes.add(problem);
  }

  /** What is wrong though the server can serve; empty if nothing is. */
  public synchronized List<String> notes() {
    return notes.stream().map(Supplier::get).flatMap(Optional::stream).toList();
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
    for (Condition condition : conditions) {
      if (!condition.holds().getAsBoolean()) {
        reasons.add(condition.reason().get());
      }
    }
    return reasons;
  }
}
