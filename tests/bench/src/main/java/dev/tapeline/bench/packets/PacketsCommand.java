package dev.tapeline.bench.packets;

import dev.tapeline.bench.cli.ExitCodes;
import dev.tapeline.bench.cli.OptionCheck;
import dev.tapeline.bench.cli.ReportOptions;
import dev.tapeline.bench.host.Effort;
import dev.tapeline.bench.plant.BusAndCache;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the way of Dhan's packets from memory to ticks, and to bus and cache. */
@Command(
    name = "packets",
    mixinStandardHelpOptions = true,
    description = {
      "Gives Dhan's packets, ready in memory, to Dhan's session: to ticks, and to bus and cache.",
      "Ticker, quote and full packets apart; each packet is a trade. Of full ones the books change"
          + " as real ones do, and then altogether. Medians by processor time."
    })
public final class PacketsCommand implements Callable<Integer> {

  @Option(
      names = "--instruments",
      paramLabel = "N",
      defaultValue = "5000",
      description = "How many are watched, on one socket. Default: ${DEFAULT-VALUE}.")
  private int instruments;

  @Option(
      names = "--packed",
      paramLabel = "N",
      defaultValue = "50",
      description = "How many packets a frame holds. Default: ${DEFAULT-VALUE}.")
  private int packed;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Ten packets of each instrument, so often a time. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--times",
      paramLabel = "N",
      defaultValue = "5",
      description = "How often it is measured. Default: ${DEFAULT-VALUE}.")
  private int times;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "4",
      description = "Seconds before each is measured. Default: ${DEFAULT-VALUE}.")
  private double warmUp;

  @Option(
      names = "--redis",
      paramLabel = "URL",
      description = "Bus and cache on this Redis: redis://HOST:PORT. Default: in this process.")
  private @Nullable String url;

  @Option(
      names = "--sdk",
      description = "Also gives them to the parser of Dhan's Python SDK, which pip installs.")
  private boolean sdk;

  @Mixin private final ReportOptions output = new ReportOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    OptionCheck.check(instruments >= 1 && instruments <= 5_000, "--instruments", "1 to 5000");
    OptionCheck.check(packed >= 1 && packed <= 1_000, "--packed", "1 to 1000");
    OptionCheck.check(rounds >= 1 && rounds <= 100_000, "--rounds", "1 to 100000");
    OptionCheck.check(times >= 1 && times <= 1_000, "--times", "1 to 1000");
    OptionCheck.check(warmUp >= 0 && warmUp <= 3_600, "--warm-up", "0 to 3600");
    PacketsReport report = measured(new Effort(warmUp, times, rounds));
    output.print(report.text(), report);
    return report.hasNoLoss() ? ExitCodes.GOOD : ExitCodes.FAILED;
  }

  private PacketsReport measured(Effort effort) throws IOException, InterruptedException {
    PythonSdk python = sdk ? PythonSdk.install() : null;
    List<PacketsReport.Line> lines = new ArrayList<>();
    for (PacketKind kind : PacketKind.values()) {
      PacketsRun run = new PacketsRun(kind, instruments, packed);
      PacketsRun.Result decoded = run.decode(effort);
      try (BusAndCache target = BusAndCache.of(url)) {
        PacketsRun.Result published = run.publish(effort, target);
        Double sdkNanos = python == null ? null : python.nanosPerPacket(run.sample());
        lines.add(PacketsReport.Line.of(kind, run.sample().size(), decoded, published, sdkNanos));
      }
    }
    return new PacketsReport(url == null ? "in this process" : url, instruments, packed, lines);
  }
}
