package dev.tapeline.bench.comeback;

import dev.tapeline.bench.cli.ExitCodes;
import dev.tapeline.bench.cli.OptionCheck;
import dev.tapeline.bench.cli.ReportOptions;
import dev.tapeline.bench.load.LoadOptions;
import dev.tapeline.bench.load.PublishTimes;
import dev.tapeline.bench.server.Target;
import dev.tapeline.bench.server.TargetOptions;
import dev.tapeline.bench.subscriber.SubscribePlan;
import dev.tapeline.plant.channels.Channels;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command in which subscribers lose their connections at once and come back at once. */
@Command(
    name = "comeback",
    description = {
      "Disconnects subscribers of durable channels at once and reconnects them at once, some"
          + " publications behind. Reports how long they take to recover, and the latency of the"
          + " subscribers that stay.",
      "Exit code 1: a subscriber did not recover all that it had missed, or something was lost."
    },
    mixinStandardHelpOptions = true)
public final class ComebackCommand implements Callable<Integer> {

  @Option(
      names = "--drop",
      paramLabel = "N",
      defaultValue = "5000",
      description = "Subscribers that disconnect. Default: ${DEFAULT-VALUE}.")
  private int drop;

  @Option(
      names = "--stay",
      paramLabel = "N",
      defaultValue = "200",
      description = "Subscribers that stay connected. Default: ${DEFAULT-VALUE}.")
  private int stay;

  @Option(
      names = "--channels",
      paramLabel = "N",
      defaultValue = "50",
      description = "Durable channels; each subscriber has one. Default: ${DEFAULT-VALUE}.")
  private int channels;

  @Option(
      names = "--behind",
      paramLabel = "N",
      defaultValue = "100",
      description = "Publications missed on each channel. Default: ${DEFAULT-VALUE}.")
  private int behind;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Messages a second on all channels together. Default: ${DEFAULT-VALUE}.")
  private double rate;

  @Option(
      names = "--bytes",
      paramLabel = "N",
      defaultValue = "150",
      description = "Length of a payload. Default: ${DEFAULT-VALUE}.")
  private int bytes;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Seconds of measurement before and after. Default: ${DEFAULT-VALUE}.")
  private double seconds;

  @Mixin private final TargetOptions target = new TargetOptions();

  @Mixin private final ReportOptions output = new ReportOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    ComebackPlan plan = plan();
    ComebackReport report = new ComebackRun(plan).run(Target.settings());
    output.print(report.text(), report);
    return report.isGood() ? ExitCodes.GOOD : ExitCodes.FAILED;
  }

  private ComebackPlan plan() {
    OptionCheck.check(drop >= 1 && drop <= 1_000_000, "--drop", "1 to 1000000");
    OptionCheck.check(stay >= 1 && stay <= 1_000_000, "--stay", "1 to 1000000");
    OptionCheck.check(channels >= 1 && channels <= 100_000, "--channels", "1 to 100000");
    OptionCheck.check(behind >= 1 && behind <= 100_000, "--behind", "1 to 100000");
    OptionCheck.check(rate > 0 && rate <= 1_000_000, "--rate", "more than 0, at most 1000000");
    OptionCheck.check(seconds >= 0.1 && seconds <= 3600, "--seconds", "0.1 to 3600");
    LoadOptions.checkBytes(bytes);
    target.check();
    String run = Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
    String prefix = Channels.trade("bench." + run + ":");
    return new ComebackPlan(
        subscribers(stay, prefix),
        subscribers(drop, prefix),
        rate,
        bytes,
        behind,
        Duration.ofNanos((long) (seconds * PublishTimes.SECOND / 2)),
        Duration.ofNanos((long) (seconds * PublishTimes.SECOND)),
        target.url().orElse(null),
        target.redis().orElse(null));
  }

  private SubscribePlan subscribers(int count, String prefix) {
    return new SubscribePlan(count, channels, 1, prefix, false, 0, 0);
  }
}
