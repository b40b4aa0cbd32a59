package dev.tapeline.bench.mixed;

import dev.tapeline.bench.cli.ExitCodes;
import dev.tapeline.bench.cli.OptionCheck;
import dev.tapeline.bench.cli.ReportOptions;
import dev.tapeline.bench.cli.TextTable;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command that runs clients of all protocols on the same channels. */
@Command(
    name = "mixed",
    description =
        "Subscribes clients of every protocol to the same channels of one hub, and checks that each"
            + " sees every number of every channel, in order.",
    mixinStandardHelpOptions = true)
public final class MixedCommand implements Callable<Integer> {

  @Option(
      names = "--each",
      paramLabel = "N",
      defaultValue = "200",
      description = "Clients of each protocol. Default: ${DEFAULT-VALUE}.")
  private int each;

  @Option(
      names = "--channels",
      paramLabel = "N",
      defaultValue = "50",
      description = "Channels; each client subscribes to all. Default: ${DEFAULT-VALUE}.")
  private int channels;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "5000",
      description = "Publications a second, on all channels together. Default: ${DEFAULT-VALUE}.")
  private double rate;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "How long to publish. Default: ${DEFAULT-VALUE}.")
  private double seconds;

  @Option(
      names = "--bytes",
      paramLabel = "N",
      defaultValue = "64",
      description = "Length of a payload. Default: ${DEFAULT-VALUE}.")
  private int bytes;

  @Mixin private final ReportOptions output = new ReportOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    OptionCheck.check(each >= 1 && each <= 10_000, "--each", "1 to 10000");
    OptionCheck.check(channels >= 1 && channels <= 1_000, "--channels", "1 to 1000");
    OptionCheck.check(rate >= 1 && rate <= 1e6, "--rate", "1 to 1000000");
    OptionCheck.check(seconds >= 0.1 && seconds <= 86_400, "--seconds", "0.1 to 86400");
    OptionCheck.check(bytes >= 64 && bytes <= 60_000, "--bytes", "64 to 60000");
    MixedRun.Outcome outcome =
        new MixedRun(new MixedRun.Plan(each, channels, rate, seconds, bytes)).run();
    output.print(text(outcome), outcome);
    return outcome.isGood(each) ? ExitCodes.GOOD : ExitCodes.FAILED;
  }

  private String text(MixedRun.Outcome outcome) {
    TextTable table = new TextTable();
    table.line(
        "clients",
        "%,d, %d of each protocol, each on %d channels",
        outcome.clients(),
        each,
        channels);
    table.line("published", "%,d at %,.0f/s, %d bytes each", outcome.expected(), rate, bytes);
    table.line(
        "delivered",
        "%,d in %.1f s: %,.0f/s",
        outcome.deliveries(),
        outcome.seconds(),
        outcome.deliveries() / outcome.seconds());
    outcome
        .seen()
        .forEach((form, count) -> table.line(form, "%,d of %,d", count, outcome.expected() * each));
    table.line("out of order", "%,d", outcome.wrong());
    table.line("closed", "%,d", outcome.closed());
    return table.toString();
  }
}
