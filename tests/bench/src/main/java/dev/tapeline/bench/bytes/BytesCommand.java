package dev.tapeline.bench.bytes;

import dev.tapeline.bench.cli.ExitCodes;
import dev.tapeline.bench.cli.OptionCheck;
import dev.tapeline.bench.cli.ReportOptions;
import dev.tapeline.bench.load.PublishTimes;
import dev.tapeline.tls.TlsFiles;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command that measures compression and deltas of an option chain for many clients. */
@Command(
    name = "bytes",
    description =
        "Sends a changing option chain of 200 strikes to many clients: whole, compressed, as"
            + " deltas, and as compressed deltas; with its rows as an array, and by strike. Reports"
            + " bytes and processor time per snapshot.",
    mixinStandardHelpOptions = true)
public final class BytesCommand implements Callable<Integer> {

  @Option(
      names = "--clients",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Clients. Default: ${DEFAULT-VALUE}.")
  private int clients;

  @Option(
      names = "--snapshots",
      paramLabel = "N",
      defaultValue = "15",
      description = "Snapshots in each form. Default: ${DEFAULT-VALUE}.")
  private int snapshots;

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      defaultValue = "2",
      description = "Time between two snapshots. Default: ${DEFAULT-VALUE}.")
  private double every;

  @Mixin private final TlsOptions tls = new TlsOptions();

  @Mixin private final ReportOptions output = new ReportOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    TlsFiles files = tls.files().orElse(null);
    OptionCheck.check(clients >= 1 && clients <= 100_000, "--clients", "1 to 100000");
    OptionCheck.check(snapshots >= 1 && snapshots <= 10_000, "--snapshots", "1 to 10000");
    OptionCheck.check(every >= 0.01 && every <= 60, "--every", "0.01 to 60");
    Duration pause = Duration.ofNanos((long) (every * PublishTimes.SECOND));
    List<BytesRun.Cost> costs = new BytesRun(clients, snapshots, pause, files).run();
    output.print(text(costs), costs);
    return ExitCodes.GOOD;
  }

  private static String text(List<BytesRun.Cost> costs) {
    StringBuilder out = new StringBuilder();
    out.append(
        "rows       sent as                  open us  bytes a client  lanes ms  append ms\n");
    for (BytesRun.Cost cost : costs) {
      String way =
          (cost.delta() ? "delta" : "whole")
              + (cost.compressed() ? ", compressed" : "")
              + (cost.tls() ? ", TLS" : "");
      out.append(
          "%-10s %-24s %7.0f %15d %9.1f %10.2f%n"
              .formatted(
                  cost.rows(),
                  way,
                  cost.openMicros(),
                  cost.bytes(),
                  cost.laneMillis(),
                  cost.publishMillis()));
    }
    return out.toString();
  }
}
