package dev.tapeline.bench.rush;

import dev.tapeline.bench.cli.ExitCodes;
import dev.tapeline.bench.cli.OptionCheck;
import dev.tapeline.bench.cli.ReportOptions;
import dev.tapeline.bench.server.Target;
import dev.tapeline.bench.server.TargetOptions;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command in which clients with their own channels come at once and leave at once. */
@Command(
    name = "rush",
    description = {
      "Subscribes many clients with channels of their own at once and disconnects them at once."
          + " Reports the cost of each channel, and how long a client that stays waits for a pong.",
      "Exit code 1: something was lost, the bus was away, or a client could not connect."
    },
    mixinStandardHelpOptions = true)
public final class RushCommand implements Callable<Integer> {

  @Option(
      names = "--channels",
      paramLabel = "N",
      split = ",",
      defaultValue = "1000,10000,50000,100000",
      description = "Channels of all clients; one run for each number. Default: ${DEFAULT-VALUE}.")
  private List<Integer> channels = List.of();

  @Option(
      names = "--each",
      paramLabel = "N",
      defaultValue = "50",
      description = "Channels of each client. Default: ${DEFAULT-VALUE}.")
  private int each;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "200",
      description = "Messages a second to a client that stays. Default: ${DEFAULT-VALUE}.")
  private double rate;

  @Mixin private final TargetOptions target = new TargetOptions();

  @Mixin private final ReportOptions output = new ReportOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    RushPlan plan = plan();
    RushReport report = new RushRun(plan).run(Target.settings());
    output.print(report.text(), report);
    return report.isGood() ? ExitCodes.GOOD : ExitCodes.FAILED;
  }

  private RushPlan plan() {
    OptionCheck.check(each >= 1 && each <= 1_000, "--each", "1 to 1000");
    OptionCheck.check(
        channels.stream().allMatch(count -> count >= each && count <= 1_000_000),
        "--channels",
        "--each to 1000000");
    OptionCheck.check(rate > 0 && rate <= 100_000, "--rate", "more than 0, at most 100000");
    OptionCheck.check(target.url().isEmpty(), "--url", "not for a rush, which has its own gateway");
    return new RushPlan(List.copyOf(channels), each, rate, target.redis().orElse(null));
  }
}
