package dev.tapeline.bench.vendor;

import dev.tapeline.bench.cli.ExitCodes;
import dev.tapeline.bench.cli.OptionCheck;
import dev.tapeline.bench.cli.ReportOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the whole way from a vendor's packet to a client's socket. */
@Command(
    name = "vendor",
    mixinStandardHelpOptions = true,
    description = {
      "Runs Dhan's simulator, a server and a Redis as processes, with clients here, and measures.",
      "Prints the ticks that arrive, the latency from the packet to the client's socket, and the"
          + " cores that each process uses. Exit code 1: over 2 % of the ticks did not arrive."
    })
public final class VendorCommand implements Callable<Integer> {

  @Option(
      names = "--instruments",
      paramLabel = "N",
      defaultValue = "5000",
      description = "How many are watched. Default: ${DEFAULT-VALUE}.")
  private int instruments;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "10",
      description = "Ticks of each in a second. Default: ${DEFAULT-VALUE}.")
  private double rate;

  @Option(
      names = "--clients",
      paramLabel = "N",
      defaultValue = "10",
      description = "They share the instruments. Default: ${DEFAULT-VALUE}.")
  private int clients;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "30",
      description = "Seconds before it is measured. Default: ${DEFAULT-VALUE}.")
  private double warmUp;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "20",
      description = "Seconds that are measured. Default: ${DEFAULT-VALUE}.")
  private double seconds;

  @Option(names = "--packed", description = "The vendor puts several packets into a message.")
  private boolean packed;

  @Option(
      names = "--redis-server",
      paramLabel = "FILE",
      description = "A Redis program of this machine, instead of the one that the tests use.")
  private @Nullable Path redis;

  @Mixin private final ReportOptions output = new ReportOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    OptionCheck.check(instruments >= 1 && instruments <= 20_000, "--instruments", "1 to 20000");
    OptionCheck.check(rate > 0 && rate <= 1_000, "--rate", "over 0 to 1000");
    OptionCheck.check(clients >= 1 && clients <= instruments, "--clients", "1 to --instruments");
    OptionCheck.check(warmUp >= 0 && warmUp <= 3_600, "--warm-up", "0 to 3600");
    OptionCheck.check(seconds >= 0.1 && seconds <= 3_600, "--seconds", "0.1 to 3600");
    VendorPlan plan = new VendorPlan(instruments, rate, clients, warmUp, seconds, packed, redis);
    try (VendorRun run = new VendorRun(plan)) {
      VendorReport report = run.run();
      output.print(report.text(), report);
      return report.isComplete() ? ExitCodes.GOOD : ExitCodes.FAILED;
    }
  }
}
