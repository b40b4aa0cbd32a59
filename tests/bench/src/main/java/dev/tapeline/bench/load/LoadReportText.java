package dev.tapeline.bench.load;

import dev.tapeline.bench.cli.TextTable;
import dev.tapeline.bench.host.MemoryUse;
import dev.tapeline.bench.subscriber.DeliverySums;
import dev.tapeline.bench.subscriber.LatencySummary;
import org.jspecify.annotations.Nullable;

/** A report for people to read. */
public final class LoadReportText {

  private static final double MIB = 1 << 20;

  private final TextTable table = new TextTable();

  private LoadReportText() {}

  public static String of(LoadReport report) {
    LoadReportText text = new LoadReportText();
    text.setup(report.setup());
    text.rates(report);
    text.table.line("", "");
    text.sums(report);
    text.table.line("", "");
    text.cpu(report.cpuSeconds());
    text.memory(report.atRest(), report.underLoad());
    text.table.line("", "");
    text.verdict(report);
    return text.table.toString();
  }

  private void setup(LoadReport.Setup setup) {
    table.line("target", "%s", setup.target());
    table.line(
        "subscribers",
        "%,d connections (%,d slow), %,d of %,d channels each, mode %s%s",
        setup.connections(),
        setup.slowConnections(),
        setup.perConnection(),
        setup.channels(),
        setup.mode(),
        setup.maxRate() == 0 ? "" : " at %s/s".formatted(setup.maxRate()));
    table.line(
        "load",
        "%,.0f messages/s of %,d bytes, %s, %s s after %s s",
        setup.rate(),
        setup.bytes(),
        setup.profile(),
        setup.seconds(),
        setup.warmUpSeconds());
    table.line("", "");
  }

  private void rates(LoadReport report) {
    LoadReport.Rates rates = report.rates();
    table.line("published/s", "%,.0f", rates.published());
    table.line("deliveries/s", "%,.0f", rates.deliveries());
    table.line(
        "frames/s",
        "%,.0f   %,.1f MB/s   %.1f frames a read",
        rates.frames(),
        rates.megabytes(),
        rates.framesPerRead());
    LatencySummary latency = report.latencyMillis();
    table.line(
        "latency, ms",
        "p50 %.2f   p99 %.2f   p99.9 %.2f   max %.2f   (%,d samples, from when due)",
        latency.p50(),
        latency.p99(),
        latency.p999(),
        latency.max(),
        latency.samples());
  }

  private void sums(LoadReport report) {
    DeliverySums fast = report.fast();
    DeliverySums slow = report.slow();
    table.line("whole run", "%15s%15s", "fast", "slow");
    sum("deliveries", fast.deliveries(), slow.deliveries());
    sum("merged", fast.merged(), slow.merged());
    sum("gaps told", fast.gaps(), slow.gaps());
    sum("  messages in", fast.gapMessages(), slow.gapMessages());
    sum("epochs told", fast.epochs(), slow.epochs());
    sum("lost", fast.lost(), slow.lost());
    sum("disorder", fast.disorder(), slow.disorder());
    sum("unreadable", fast.unreadable(), slow.unreadable());
    sum("closed", fast.closed(), slow.closed());
  }

  private void sum(String name, long fast, long slow) {
    table.line(name, "%,15d%,15d", fast, slow);
  }

  private void cpu(LoadReport.Cpu cpu) {
    String server =
        cpu.serverProcess() == null ? "" : "   server %.2f".formatted(cpu.serverProcess());
    table.line(
        "CPU, s",
        "lanes %.2f   Redis and other %.2f%s   publisher %.2f   subscribers %.2f   JVM %.2f",
        cpu.lanes(),
        cpu.otherTapeline(),
        server,
        cpu.publisher(),
        cpu.subscribers(),
        cpu.jvm());
  }

  private void memory(MemoryUse before, MemoryUse after) {
    table.line("memory, MiB", "%15s%15s", "at rest", "under load");
    memory("  heap", before.heapBytes(), after.heapBytes());
    memory("  Netty direct", before.nettyDirectBytes(), after.nettyDirectBytes());
    memory("  JDK direct", before.jdkDirectBytes(), after.jdkDirectBytes());
    memory("  resident", before.residentBytes(), after.residentBytes());
    memory("  server res.", before.serverResidentBytes(), after.serverResidentBytes());
    memory("  kernel TCP", before.kernelTcpBytes(), after.kernelTcpBytes());
  }

  private void memory(String name, @Nullable Long before, @Nullable Long after) {
    if (before != null && after != null) {
      table.line(name, "%15.1f%15.1f", before / MIB, after / MIB);
    }
  }

  private void verdict(LoadReport report) {
    if (report.publishFailures() > 0) {
      table.line("not published", "%,d", report.publishFailures());
    }
    if (report.problem() != null) {
      table.line("first problem", "%s", report.problem());
    }
    table.line(
        "verdict", report.hasNoLoss() ? "nothing lost, all in order" : "LOST OR OUT OF ORDER");
  }
}
