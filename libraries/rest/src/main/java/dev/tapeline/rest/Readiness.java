package dev.tapeline.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Whether the server should get requests, and if not, why. May be used from any thread. */
public final class Readiness {

  private final List<Condition> conditions = new ArrayList<>();
  private final List<Supplier<Optional<String>>> mentions = new ArrayList<>();
  private Supplier<Optional<String>> database = Optional::empty;
  private BooleanSupplier tolerance = () -> false;
  private boolean draining;

  /**
   * Makes readiness depend on a condition of what all nodes share, unless its failure is tolerated.
   *
   * @param reason what to tell while the condition does not hold
   */
  public synchronized void require(Supplier<String> reason, BooleanSupplier condition) {
    conditions.add(new Condition(reason, condition));
  }

  private record Condition(Supplier<String> reason, BooleanSupplier holds) {}

  /** Adds a problem that is shown but does not end readiness. */
  public synchronized void mention(Supplier<Optional<String>> problem) {
    mentions.add(problem);
  }

  /** Shows the state of the database, which never ends readiness; empty while it is not used. */
  public synchronized void showDatabase(Supplier<Optional<String>> state) {
    database = state;
  }

  synchronized Optional<String> database() {
    return database.get();
  }

  /** Keeps the server ready while this holds; problems are then only shown. */
  public synchronized void tolerateIf(BooleanSupplier tolerated) {
    tolerance = tolerated;
  }

  /** Ends readiness for good. */
  public synchronized void drain() {
    draining = true;
  }

  /** Why the server is not ready; empty if it is. */
  public synchronized List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    if (draining) {
      reasons.add("the server is draining");
    }
    if (!tolerance.getAsBoolean()) {
      reasons.addAll(unmet());
    }
    return reasons;
  }

  /** All problems, tolerated or not. */
  public synchronized List<String> problems() {
    return Stream.concat(
            unmet().stream(), mentions.stream().map(Supplier::get).flatMap(Optional::stream))
        .toList();
  }

  private List<String> unmet() {
    return conditions.stream()
        .filter(condition -> !condition.holds().getAsBoolean())
        .map(condition -> condition.reason().get())
        .toList();
  }
}
