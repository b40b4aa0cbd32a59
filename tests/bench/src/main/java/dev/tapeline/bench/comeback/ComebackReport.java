package dev.tapeline.bench.comeback;

import dev.tapeline.bench.cli.TextTable;
import dev.tapeline.bench.subscriber.Comeback;
import dev.tapeline.bench.subscriber.DeliverySums;
import dev.tapeline.bench.subscriber.LatencySummary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a run in which subscribers leave and come back; written as JSON in this form.
 *
 * @param stayed subscribers that are connected all the time
 * @param rate messages a second in all
 * @param behind messages that each returning subscriber has missed on its channel, at least
 * @param logReads how often the server has read a log meanwhile
 * @param latencyMillis of the subscribers that stayed: before, during and after the return
 * @param sums what all subscribers received in the whole run
 * @param problem the first thing that went wrong at a connection; null if nothing did
 */
record ComebackReport(
    String target,
    int stayed,
    int left,
    int channels,
    double rate,
    long behind,
    Comeback.Return comeback,
    long logReads,
    List<LatencySummary> latencyMillis,
    DeliverySums sums,
    @Nullable String problem) {

  /** Whether all came back with everything they had missed, and nothing was lost silently. */
  boolean isGood() {
    return comeback.away() == 0 && comeback.recovered() == left && sums.hasNoLoss();
  }

  /** The report for people to read. */
  String text() {
    TextTable table = new TextTable();
    setup(table);
    comeback(table);
    stayed(table);
    verdict(table);
    return table.toString();
  }

  private void setup(TextTable table) {
    table.line("target", "%s", target);
    table.line("subscribers", "%,d left, %,d stayed, %,d channels", left, stayed, channels);
    table.line("load", "%,.0f messages/s, %,d missed by each who left", rate, behind);
  }

  private void comeback(TextTable table) {
    table.line(
        "came back",
        "%,d recovered   %,d refused   %,d told to ask again   %,d still away",
        comeback.recovered(),
        comeback.refused(),
        comeback.postponed(),
        comeback.away());
    LatencySummary back = comeback.millis();
    table.line("after, ms", "p50 %.0f   p99 %.0f   last %.0f", back.p50(), back.p99(), back.max());
    table.line("log reads", "%,d", logReads);
  }

  private void stayed(TextTable table) {
    List<String> phases = List.of("before", "meanwhile", "afterwards");
    for (int i = 0; i < latencyMillis.size(); i++) {
      LatencySummary latency = latencyMillis.get(i);
      table.line(
          i == 0 ? "stayed, ms" : "",
          "%-11s p50 %.2f   p99 %.2f   p99.9 %.2f   max %.2f",
          phases.get(i),
          latency.p50(),
          latency.p99(),
          latency.p999(),
          latency.max());
    }
  }

  private void verdict(TextTable table) {
    table.line(
        "lost", "%,d   disorder %,d   epochs %,d", sums.lost(), sums.disorder(), sums.epochs());
    if (problem != null) {
      table.line("first problem", "%s", problem);
    }
    table.line(
        "verdict",
        isGood() ? "all are back, nothing lost" : "NOT ALL ARE BACK, OR SOMETHING IS LOST");
  }
}
