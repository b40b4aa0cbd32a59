package dev.tapeline.bench.whole;

import dev.tapeline.bench.cli.ExitCodes;
import dev.tapeline.bench.cli.OptionCheck;
import dev.tapeline.bench.cli.ReportOptions;
import dev.tapeline.bench.host.Effort;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the way of Dhan's packets through all studies to all publications. */
@Command(
    name = "plant",
    mixinStandardHelpOptions = true,
    description = {
      "Gives Dhan's quote packets through a market with bars and indicators to a publisher.",
      "Nine frames of bars and the common indicators are wanted of all instruments. Publications"
          + " and cache writes are made and dropped. Medians by processor time."
    })
public final class PlantCommand implements Callable<Integer> {

  @Option(
      names = "--instruments",
      paramLabel = "N",
      defaultValue = "500",
      description = "How many are watched, on one socket. Default: ${DEFAULT-VALUE}.")
  private int instruments;

  @Option(
      names = "--rates",
      paramLabel = "N",
      split = ",",
      defaultValue = "10,250",
      description =
          "Packets of each instrument in a second of the market. Default: ${DEFAULT-VALUE}.")
  private List<Double> rates = List.of();

  @Option(
      names = "--packed",
      paramLabel = "N",
      defaultValue = "50",
      description = "How many packets a frame holds. Default: ${DEFAULT-VALUE}.")
  private int packed;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "60",
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
      defaultValue = "8",
      description = "Seconds before each is measured. Default: ${DEFAULT-VALUE}.")
  private double warmUp;

  @Mixin private final ReportOptions output = new ReportOptions();

  @Override
  public Integer call() {
    OptionCheck.check(instruments >= 1 && instruments <= 5_000, "--instruments", "1 to 5000");
    OptionCheck.check(
        rates.stream().allMatch(rate -> rate >= 0.1 && rate <= 10_000), "--rates", "0.1 to 10000");
    OptionCheck.check(packed >= 1 && packed <= 1_000, "--packed", "1 to 1000");
    OptionCheck.check(rounds >= 1 && rounds <= 100_000, "--rounds", "1 to 100000");
    OptionCheck.check(times >= 1 && times <= 1_000, "--times", "1 to 1000");
    OptionCheck.check(warmUp >= 0 && warmUp <= 3_600, "--warm-up", "0 to 3600");
    Effort effort = new Effort(warmUp, times, rounds);
    PlantReport report =
        new PlantReport(
            instruments, packed, rates.stream().map(rate -> measured(rate, effort)).toList());
    output.print(report.text(), report);
    return report.hasNoLoss() ? ExitCodes.GOOD : ExitCodes.FAILED;
  }

  private PlantReport.Line measured(double rate, Effort effort) {
    PlantRun.Result plain = new PlantRun(instruments, packed, rate, List.of()).run(effort);
    PlantRun.Result whole = new PlantRun(instruments, packed, rate, PlantStudies.all()).run(effort);
    return PlantReport.Line.of(rate, instruments, plain, whole);
  }
}
