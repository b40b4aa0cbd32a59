package dev.tapeline.bench.history;

import dev.tapeline.bench.cli.BenchException;
import dev.tapeline.store.history.History;
import dev.tapeline.store.history.HistoryException;
import dev.tapeline.store.history.HistoryRecorder;
import dev.tapeline.store.history.RecorderRules;
import dev.tapeline.store.history.Retention;
import dev.tapeline.store.history.Series;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Kills the embedded server while ticks come, and lets it be away for a while. */
final class FaultRun {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration KEPT = Duration.ofDays(36_500);
  private static final int KILL_SECONDS = 5;
  private static final int MAX_WAITING = 1_000_000;
  private static final int STEP_MILLIS = 10;

  private final History history;
  private final HistoryPlan plan;

  FaultRun(History history, HistoryPlan plan) {
    this.history = history;
    this.plan = plan;
  }

  HistoryBenchReport.Faults run() throws IOException, InterruptedException {
    RecorderRules rules =
        new RecorderRules(Set.of(), true, false, MAX_WAITING, new Retention(KEPT, KEPT, KEPT));
    try (HistoryRecorder recorder = HistoryRecorder.start(history, rules, InstantSource.system())) {
      Series killed = HistoryRows.series(-1);
      feed(recorder, killed, KILL_SECONDS);
      long acknowledged = recorder.report().stored();
      signal("-KILL");
      await(() -> count(killed, KILL_SECONDS) >= 0);
      long missing = Math.max(0, acknowledged - count(killed, KILL_SECONDS));
      await(() -> recorder.report().waiting() == 0);
      return away(recorder, acknowledged, missing);
    }
  }

  private HistoryBenchReport.Faults away(HistoryRecorder recorder, long acknowledged, long missing)
      throws IOException, InterruptedException {
    Series series = HistoryRows.series(-2);
    signal("-STOP");
    long rows = feed(recorder, series, plan.awaySeconds());
    signal("-CONT");
    long back = System.nanoTime();
    await(() -> recorder.report().waiting() == 0);
    double caughtUp = (System.nanoTime() - back) / 1e9;
    long dropped = recorder.report().dropped();
    long lost = rows - dropped - count(series, plan.awaySeconds());
    return new HistoryBenchReport.Faults(acknowledged, missing, rows, dropped, lost, caughtUp);
  }

  /** Adds ticks at the rate for some time; returns how many. */
  private long feed(HistoryRecorder recorder, Series series, int seconds)
      throws InterruptedException {
    long rows = (long) plan.rate() * seconds;
    long begin = System.nanoTime();
    LongSupplier due = () -> (System.nanoTime() - begin) * plan.rate() / 1_000_000_000;
    for (long i = 0; i < rows; i++) {
      while (i > due.getAsLong()) {
        Thread.sleep(STEP_MILLIS);
      }
      recorder.add(HistoryRows.tick(i, series));
    }
    return rows;
  }

  /** How many ticks of a series the store has; negative while it can't tell. */
  private long count(Series series, int seconds) {
    try {
      return history.ticks(series, HistoryRows.all(plan.rate() * seconds + 1)).size();
    } catch (HistoryException _) {
      return -1;
    }
  }

  /** Sends a signal to the server that this process has started, and to all of its children. */
  private static void signal(String signal) throws IOException, InterruptedException {
    List<Long> pids =
        ProcessHandle.current()
            .descendants()
            .filter(one -> one.info().command().orElse("").endsWith("postgres"))
            .map(ProcessHandle::pid)
            .toList();
    if (pids.isEmpty()) {
      throw new BenchException("no PostgreSQL runs below this process");
    }
    for (long pid : pids) {
      new ProcessBuilder("kill", signal, Long.toString(pid)).start().waitFor();
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new BenchException("the store was not back within " + PATIENCE);
      }
      Thread.sleep(STEP_MILLIS);
    }
  }
}
