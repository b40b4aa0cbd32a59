package dev.tapeline.bench.record;

import dev.tapeline.bench.cli.ExitCodes;
import dev.tapeline.bench.cli.OptionCheck;
import dev.tapeline.bench.cli.ReportOptions;
import dev.tapeline.bench.host.TemporaryFolder;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures what recording costs the feed's thread, and the seek in a day's recording. */
@Command(
    name = "record",
    mixinStandardHelpOptions = true,
    description = {
      "Records a day of Dhan's full packets, and looks for times in it.",
      "Prints the share of the feed's thread that recording takes, by the clock, and how long a seek"
          + " takes. Exit code 1: arrivals were lost. The files are removed at the end."
    })
public final class RecordBenchCommand implements Callable<Integer> {

  @Option(
      names = "--frames",
      paramLabel = "N",
      defaultValue = "6200000",
      description = "How many the day has. Default: ${DEFAULT-VALUE}.")
  private long frames;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "50000",
      description = "Frames a second while the cost is measured. Default: ${DEFAULT-VALUE}.")
  private int rate;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "How long it is measured. Default: ${DEFAULT-VALUE}.")
  private double seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "5",
      description = "Seconds before. Default: ${DEFAULT-VALUE}.")
  private double warmUp;

  @Option(
      names = "--seeks",
      paramLabel = "N",
      defaultValue = "9",
      description = "How many times are looked for. Default: ${DEFAULT-VALUE}.")
  private int seeks;

  @Mixin private final ReportOptions output = new ReportOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    OptionCheck.check(frames >= 1_000 && frames <= 1_000_000_000, "--frames", "1000 to 1000000000");
    OptionCheck.check(rate >= 100 && rate <= 1_000_000, "--rate", "100 to 1000000");
    OptionCheck.check(seconds >= 0.1 && seconds <= 3_600, "--seconds", "0.1 to 3600");
    OptionCheck.check(warmUp >= 0 && warmUp <= 3_600, "--warm-up", "0 to 3600");
    OptionCheck.check(seeks >= 2 && seeks <= 1_000, "--seeks", "2 to 1000");
    try (TemporaryFolder folder = TemporaryFolder.make()) {
      RecordPlan plan = new RecordPlan(frames, rate, seconds, warmUp, seeks);
      RecordReport report = new RecordRun(plan, folder.path()).run();
      output.print(report.text(), report);
      return report.lost() == 0 ? ExitCodes.GOOD : ExitCodes.FAILED;
    }
  }
}
