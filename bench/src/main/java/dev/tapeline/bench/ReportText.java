package dev.tapeline.bench;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A report for people to read. */
final class ReportText {

  private static final double MIB = 1 << 20;

  private final StringBuilder out = new StringBuilder();

  private ReportText() {}

  static String of(Report report) {
    ReportText text = new ReportText();
    text.setup(report.setup());
    text.rates(report);
    text.line("", "");
    text.sums(report);
    text.line("", "");
    text.cpu(report.cpuSeconds());
    text.memory(report.atRest(), report.underLoad());
    text.line("", "");
    text.verdict(report);
    return text.out.toString();
  }

  private void setup(Report.Setup setup) {
    line("target", "%s", setup.target());
    line(
        "subscribers",
        "%,d connections (%,d slow), %,d of %,d channels each, mode %s%s",
        setup.connections(),
        setup.slowConnections(),
        setup.perConnection(),
        setup.channels(),
        setup.mode(),
        setup.maxRate() == 0 ? "" : " at %s/s".formatted(setup.maxRate()));
    line(
        "load",
        "%,.0f messages/s of %,d bytes, %s, %s s after %s s",
        setup.rate(),
        setup.bytes(),
        setup.profile(),
        setup.seconds(),
        setup.warmUpSeconds());
    line("", "");
  }

  private void rates(Report report) {
    Report.Rates rates = report.rates();
    line("published/s", "%,.0f", rates.published());
    line("deliveries/s", "%,.0f", rates.deliveries());
    line(
        "frames/s",
        "%,.0f   %,.1f MB/s   %.1f frames a read",
        rates.frames(),
        rates.megabytes(),
        rates.framesPerRead());
    Report.Latency latency = report.latencyMillis();
    line(
        "latency, ms",
        "p50 %.2f   p99 %.2f   p99.9 %.2f   max %.2f   (%,d samples, from when due)",
        latency.p50(),
        latency.p99(),
        latency.p999(),
        latency.max(),
        latency.samples());
  }

  private void sums(Report report) {
    Report.Sums fast = report.fast();
    Report.Sums slow = report.slow();
    line("whole run", "%15s%15s", "fast", "slow");
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
    line(name, "%,15d%,15d", fast, slow);
  }

  private void cpu(Report.Cpu cpu) {
    String server =
        cpu.serverProcess() == null ? "" : "   server %.2f".formatted(cpu.serverProcess());
    line(
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
    line("memory, MiB", "%15s%15s", "at rest", "under load");
    memory("  heap", before.heapBytes(), after.heapBytes());
    memory("  Netty direct", before.nettyDirectBytes(), after.nettyDirectBytes());
    memory("  JDK direct", before.jdkDirectBytes(), after.jdkDirectBytes());
    memory("  resident", before.residentBytes(), after.residentBytes());
    memory("  server res.", before.serverResidentBytes(), after.serverResidentBytes());
    memory("  kernel TCP", before.kernelTcpBytes(), after.kernelTcpBytes());
  }

  private void memory(String name, @Nullable Long before, @Nullable Long after) {
    if (before != null && after != null) {
      line(name, "%15.1f%15.1f", before / MIB, after / MIB);
    }
  }

  private void verdict(Report report) {
    if (report.publishFailures() > 0) {
      line("not published", "%,d", report.publishFailures());
    }
    if (report.problem() != null) {
      line("first problem", "%s", report.problem());
    }
    line("verdict", report.isGood() ? "nothing lost, all in order" : "LOST OR OUT OF ORDER");
  }

  @SuppressWarnings("AnnotateFormatMethod") // each line is in the tests' reports
  private void line(String name, String format, Object... values) {
    String text = String.format(Locale.ROOT, format, values);
    out.append("%-14s %s".formatted(name, text).stripTrailing()).append('\n');
  }
}
