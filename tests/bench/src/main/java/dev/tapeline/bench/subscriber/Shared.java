package dev.tapeline.bench.subscriber;

import org.jspecify.annotations.Nullable;

/**
 * The state that all connections share, on one thread.
 *
 * @param fast what the fast connections saw
 * @param slow what the slow ones saw
 * @param comeback the return of the subscribers that left
 */
record Shared(
    SubscribePlan plan,
    Latencies latencies,
    FrameText text,
    Tally fast,
    Tally slow,
    Comeback comeback,
    Problem problem) {

  static Shared of(SubscribePlan plan, Latencies latencies) {
    FrameText text = new FrameText(plan.prefix().length());
    return new Shared(
        plan, latencies, text, new Tally(), new Tally(), new Comeback(), new Problem());
  }

  /** The tally of a connection's group. */
  Tally tally(int connection) {
    return plan.isSlow(connection) ? slow : fast;
  }

  /** The first problem. May be read by any thread. */
  static final class Problem {

    private volatile @Nullable String first;

    void note(int connection, @Nullable String problem) {
      note("connection %d: %s".formatted(connection, problem));
    }

    void note(String problem) {
      if (first == null) {
        first = problem;
      }
    }

    /** The first problem; null if there was none. */
    @Nullable String first() {
      return first;
    }
  }
}
