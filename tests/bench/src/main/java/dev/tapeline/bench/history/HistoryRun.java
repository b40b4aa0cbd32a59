package dev.tapeline.bench.history;

import dev.tapeline.market.bar.Frame;
import dev.tapeline.store.history.History;
import dev.tapeline.store.history.HistoryRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;

/** Stores rows and reads them, one call after the other. */
final class HistoryRun {

  private static final int BATCH = 20_000;

  private final History history;
  private final HistoryPlan plan;

  HistoryRun(History history, HistoryPlan plan) {
    this.history = history;
    this.plan = plan;
  }

  HistoryBenchReport.Writes ticks() {
    return write(plan.ticks(), HistoryRows::tick);
  }

  HistoryBenchReport.Writes bars() {
    long rows = (long) plan.symbols() * HistoryRows.DAYS * HistoryRows.MINUTES;
    return write(
        rows,
        number ->
            HistoryRows.bar((int) (number % plan.symbols()), (int) (number / plan.symbols())));
  }

  private HistoryBenchReport.Writes write(long rows, LongFunction<HistoryRow> row) {
    List<HistoryRow> batch = new ArrayList<>(BATCH);
    long slowest = 0;
    long spent = 0;
    for (long i = 0; i < rows; i++) {
      batch.add(row.apply(i));
      if (batch.size() == BATCH || i == rows - 1) {
        long begin = System.nanoTime();
        history.append(batch);
        long took = System.nanoTime() - begin;
        spent += took;
        slowest = Math.max(slowest, took);
        batch.clear();
      }
    }
    return new HistoryBenchReport.Writes(rows, rows * 1e9 / spent, slowest / 1e6);
  }

  HistoryBenchReport.Reads reads() {
    Random random = new Random(1);
    double[] millis = new double[plan.queries()];
    int rows = 0;
    for (int i = 0; i < millis.length; i++) {
      long begin = System.nanoTime();
      rows =
          history
              .bars(
                  HistoryRows.series(random.nextInt(plan.symbols())),
                  Frame.MINUTE,
                  HistoryRows.fiveDays())
              .size();
      millis[i] = (System.nanoTime() - begin) / 1e6;
    }
    Arrays.sort(millis);
    return new HistoryBenchReport.Reads(
        rows, millis[millis.length / 2], millis[millis.length * 99 / 100]);
  }
}
