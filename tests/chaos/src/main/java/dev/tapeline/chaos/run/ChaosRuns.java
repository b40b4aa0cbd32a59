package dev.tapeline.chaos.run;

import dev.tapeline.chaos.ChaosException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Runs the schedules of a plan, on as many stands at the same time as it says. */
public final class ChaosRuns {

  private static final int MAX_FAILURES = 10;

  private final Plan plan;
  private final Consumer<String> out;
  private final Summary summary = new Summary();
  private final AtomicInteger next = new AtomicInteger();

  /**
   * @param out is told of each schedule, by any thread
   */
  public ChaosRuns(Plan plan, Consumer<String> out) {
    this.plan = plan;
    this.out = out;
  }

  public Summary run() {
    try (ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().name("chaos-", 1).factory())) {
      List<Future<?>> stands = new ArrayList<>();
      for (int i = 0; i < Math.min(plan.parallel(), plan.schedules()); i++) {
        stands.add(threads.submit(this::onOneStand));
      }
      stands.forEach(ChaosRuns::await);
    }
    return summary;
  }

  /** A stand that fails is replaced; its schedule is counted as not judged. */
  private void onOneStand() {
    boolean done = false;
    while (!done) {
      try (ChaosRun run = new ChaosRun(plan, out)) {
        onStand(run);
        done = true;
      } catch (ChaosException e) {
        noteFailure(e);
      }
    }
  }

  private void onStand(ChaosRun run) {
    for (int i = next.getAndIncrement(); i < plan.schedules(); i = next.getAndIncrement()) {
      note(i, run.run(i));
    }
  }

  private synchronized void noteFailure(ChaosException problem) {
    out.accept("a stand failed: " + problem.getMessage());
    if (summary.addUnjudged() > MAX_FAILURES) {
      throw problem;
    }
  }

  private synchronized void note(int number, Outcome outcome) {
    summary.add(outcome);
    out.accept(
        "schedule %d, seed %d: %s, %d publications, %d frames"
            .formatted(
                number + 1,
                outcome.schedule().seed(),
                outcome.verdict().isClean() ? "no broken law" : "BROKEN",
                outcome.verdict().publications(),
                outcome.verdict().frames()));
  }

  private static void await(Future<?> stand) {
    try {
      stand.get();
    } catch (ExecutionException e) {
      throw new ChaosException("a stand failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
