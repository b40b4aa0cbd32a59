package dev.tapeline.market.bar;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * What one study asks of the past: asks wait here until there is room for them. There are never
 * more than the study has series. Owned by the thread of one market.
 */
public final class PastBarAsks {

  private final PastBars past;
  private final boolean possible;
  private final Queue<Waiting> waiting = new ArrayDeque<>();

  private record Waiting(PastBars.Ask ask, Consumer<List<Bar>> then) {}

  public PastBarAsks(PastBars past) {
    this.past = past;
    this.possible = !past.equals(PastBars.NONE);
  }

  /** Whether there is a history at all. */
  public boolean isPossible() {
    return possible;
  }

  /** Asks at one of the next steps; {@code then} takes the answer at a step after that. */
  public void add(PastBars.Ask ask, Consumer<List<Bar>> then) {
    if (possible) {
      waiting.add(new Waiting(ask, then));
    }
  }

  /** Takes the answers that have come, and asks what waits. Called at each step of time. */
  public void step() {
    if (possible) {
      past.deliver();
      while (!waiting.isEmpty() && past.ask(waiting.element().ask(), waiting.element().then())) {
        waiting.remove();
      }
    }
  }
}
