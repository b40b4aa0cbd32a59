package dev.tapeline.bench.history;

import dev.tapeline.bench.cli.TextTable;
import org.jspecify.annotations.Nullable;

/**
 * What a store takes and gives; written as JSON in this form.
 *
 * @param store for people to read
 * @param faults null where the store is a server that is not to be killed
 */
record HistoryBenchReport(
    HistoryPlan plan,
    String store,
    Writes ticks,
    Writes bars,
    Reads reads,
    @Nullable Faults faults) {

  /** Rows that were stored in batches. */
  record Writes(long rows, double rowsPerSecond, double slowestBatchMillis) {}

  /** Queries for five days of minutes of one symbol. */
  record Reads(int rows, double medianMillis, double p99Millis) {}

  /**
   * What came of a kill and of an absence.
   *
   * @param killedAcknowledged rows that the store had taken when it was killed
   * @param killedMissing how many of them it did not have afterwards
   * @param awayRows rows that came while it was away
   * @param awayDropped how many of them there was no room for
   * @param awayMissing how many of the others it did not have in the end
   * @param caughtUpSeconds from its return until it had all
   */
  record Faults(
      long killedAcknowledged,
      long killedMissing,
      long awayRows,
      long awayDropped,
      long awayMissing,
      double caughtUpSeconds) {}

  boolean isGood() {
    return faults == null || (faults.killedMissing() == 0 && faults.awayMissing() == 0);
  }

  String text() {
    TextTable table = new TextTable();
    table.line("store", "%s", store);
    table.line("ticks in", "%s", text(ticks));
    table.line("bars in", "%s", text(bars));
    table.line(
        "five days of 1m",
        "%d rows: median %.1f ms, p99 %.1f ms of %d queries",
        reads.rows(),
        reads.medianMillis(),
        reads.p99Millis(),
        plan.queries());
    if (faults != null) {
      table.line(
          "killed",
          "%,d rows acknowledged, %,d of them missing",
          faults.killedAcknowledged(),
          faults.killedMissing());
      table.line(
          "away for %d s".formatted(plan.awaySeconds()),
          "%,d rows, %,d dropped, %,d missing, caught up in %.1f s",
          faults.awayRows(),
          faults.awayDropped(),
          faults.awayMissing(),
          faults.caughtUpSeconds());
    }
    return table.toString();
  }

  private static String text(Writes writes) {
    return "%,d rows at %,.0f rows/s, slowest batch %.0f ms"
        .formatted(writes.rows(), writes.rowsPerSecond(), writes.slowestBatchMillis());
  }
}
