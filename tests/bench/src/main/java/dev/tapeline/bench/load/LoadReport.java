package dev.tapeline.bench.load;

import dev.tapeline.bench.host.MemoryUse;
import dev.tapeline.bench.subscriber.DeliverySums;
import dev.tapeline.bench.subscriber.LatencySummary;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a load run; written as JSON in this form, under these names.
 *
 * @param publishFailures messages that the bus did not take for certain
 * @param atRest memory before the first connection
 * @param underLoad memory at the end of the load, all still connected
 * @param problem the first thing that went wrong at a connection; null if nothing did
 */
public record LoadReport(
    Setup setup,
    Rates rates,
    LatencySummary latencyMillis,
    DeliverySums fast,
    DeliverySums slow,
    long publishFailures,
    Cpu cpuSeconds,
    MemoryUse atRest,
    MemoryUse underLoad,
    @Nullable String problem) {

  /**
   * The setup of the run.
   *
   * @param rate messages a second in all, on average
   * @param profile {@code constant}, or the recording whose pattern it was
   */
  record Setup(
      String target,
      int connections,
      int slowConnections,
      int channels,
      int perConnection,
      String mode,
      double maxRate,
      String profile,
      double rate,
      int bytes,
      double warmUpSeconds,
      double seconds) {}

  /**
   * The rates a second after the warm-up, on all connections.
   *
   * @param published handed to the bus
   * @param deliveries data frames
   * @param frames frames of any kind
   * @param framesPerRead how many came with one system call of the load tool
   */
  record Rates(
      double published, double deliveries, double frames, double megabytes, double framesPerRead) {}

  /**
   * The processor time by user.
   *
   * @param lanes the gateway's event loops
   * @param otherTapeline its other threads; those of Redis connections, the load tool's among them
   * @param publisher the load tool's; on the embedded bus with all that the bus does, and with
   *     numbering and encoding
   * @param subscribers the load tool's
   * @param jvm compiler, collector and the rest
   * @param serverProcess of a server in another process, if its id was given
   */
  record Cpu(
      double lanes,
      double otherTapeline,
      double publisher,
      double subscribers,
      double jvm,
      @Nullable Double serverProcess) {}

  /** Whether nothing was lost silently, and everything came in order. */
  public boolean hasNoLoss() {
    return fast.hasNoLoss() && slow.hasNoLoss();
  }
}
