package dev.tapeline.bench.rush;

import dev.tapeline.bench.cli.TextTable;
import dev.tapeline.bench.subscriber.DeliverySums;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a rush; written as JSON in this form.
 *
 * @param each channels of each client
 * @param rate messages a second to a client that stays
 */
record RushReport(String target, int each, double rate, List<Run> runs) {

  /**
   * The outcome with one number of channels.
   *
   * @param subscribeMicros from the first request to the last answer, for each channel
   * @param leaveMicros from the first close until the last channel was released, for each channel
   * @param left channels that were not released in time
   * @param comingPing the longest wait of another client for a pong while they came, in ms
   * @param leavingPing the same while they left
   * @param linksLost how often the connection to Redis was opened again
   * @param failed messages that the bus did not take
   * @param sums what a client that stayed received
   */
  record Run(
      int channels,
      double subscribeMicros,
      double leaveMicros,
      long left,
      double comingPing,
      double leavingPing,
      long linksLost,
      long failed,
      DeliverySums sums,
      @Nullable String problem) {

    boolean isGood() {
      return left == 0 && linksLost == 0 && failed == 0 && sums.hasNoLoss() && problem == null;
    }
  }

  boolean isGood() {
    return runs.stream().allMatch(Run::isGood);
  }

  /** The report for people to read. */
  String text() {
    TextTable table = new TextTable();
    table.line("target", "%s", target);
    table.line("load", "%d channels a client, %,.0f messages/s to one that stays", each, rate);
    table.line(
        "channels", "%14s %14s %14s %14s", "subscribe, us", "leave, us", "ping, ms", "then, ms");
    for (Run run : runs) {
      table.line(
          "%,d".formatted(run.channels()),
          "%14.1f %14.1f %14.1f %14.1f",
          run.subscribeMicros(),
          run.leaveMicros(),
          run.comingPing(),
          run.leavingPing());
      if (!run.isGood()) {
        table.line(
            "",
            "%d links lost, %d batches failed, %d messages lost, %d channels left  %s",
            run.linksLost(),
            run.failed(),
            run.sums().lost(),
            run.left(),
            run.problem() == null ? "" : run.problem());
      }
    }
    table.line("verdict", isGood() ? "nothing lost" : "SOMETHING IS LOST");
    return table.toString();
  }
}
