package dev.tapeline.bench.vendor;

import dev.tapeline.bench.cli.TextTable;
import dev.tapeline.bench.subscriber.LatencySummary;

/**
 * What came of a run; written as JSON in this form.
 *
 * @param seconds how long was measured
 * @param dueTicks how many trades the market was to have in that time
 * @param deliveredTicks how many have reached a client in that time
 * @param latencyMillis from the trade at the simulator to the read of the client's socket
 * @param cores how many cores each process has used
 */
record VendorReport(
    VendorPlan plan,
    double seconds,
    long dueTicks,
    long deliveredTicks,
    LatencySummary latencyMillis,
    Cores cores) {

  /** Seconds of processor time in a second. */
  record Cores(double server, double redis, double simulator, double clients) {}

  /** Whether nearly all ticks have come; the market is divided into steps of 5 ms. */
  boolean isComplete() {
    return deliveredTicks >= dueTicks * 0.98;
  }

  private double micros(double used) {
    return used * seconds * 1e6 / Math.max(1, deliveredTicks);
  }

  String text() {
    TextTable table = new TextTable();
    table.line(
        "load",
        "%,d instruments, %s ticks/s each, %s, %d clients",
        plan.instruments(),
        plan.rate(),
        plan.packed() ? "packed" : "one packet a message",
        plan.clients());
    table.line(
        "delivered",
        "%,.0f ticks/s of %,.0f, over %.1f s",
        deliveredTicks / seconds,
        dueTicks / seconds,
        seconds);
    table.line(
        "latency, ms",
        "p50 %.2f   p99 %.2f   p99.9 %.2f   max %.2f   (from the packet to the client's socket)",
        latencyMillis.p50(),
        latencyMillis.p99(),
        latencyMillis.p999(),
        latencyMillis.max());
    table.line(
        "cores",
        "server %.2f   Redis %.2f   simulator %.2f   clients %.2f",
        cores.server,
        cores.redis,
        cores.simulator,
        cores.clients);
    table.line(
        "CPU a tick, µs", "server %.1f   Redis %.1f", micros(cores.server), micros(cores.redis));
    return table.toString();
  }
}
