package dev.tapeline.bench;

import dev.tapeline.bench.bytes.BytesCommand;
import dev.tapeline.bench.cli.BenchException;
import dev.tapeline.bench.cli.ExitCodes;
import dev.tapeline.bench.cli.OptionException;
import dev.tapeline.bench.cli.ReportOptions;
import dev.tapeline.bench.comeback.ComebackCommand;
import dev.tapeline.bench.history.HistoryBenchCommand;
import dev.tapeline.bench.jmh.JmhCommand;
import dev.tapeline.bench.load.LoadOptions;
import dev.tapeline.bench.load.LoadPlan;
import dev.tapeline.bench.load.LoadReport;
import dev.tapeline.bench.load.LoadReportText;
import dev.tapeline.bench.load.LoadRun;
import dev.tapeline.bench.mixed.MixedCommand;
import dev.tapeline.bench.packets.PacketsCommand;
import dev.tapeline.bench.publish.PublishBenchCommand;
import dev.tapeline.bench.record.RecordBenchCommand;
import dev.tapeline.bench.rush.RushCommand;
import dev.tapeline.bench.server.Target;
import dev.tapeline.bench.ticks.TicksCommand;
import dev.tapeline.bench.vendor.MarketCommand;
import dev.tapeline.bench.vendor.VendorCommand;
import dev.tapeline.bench.whole.PlantCommand;
import dev.tapeline.feed.FeedException;
import dev.tapeline.server.settings.declaration.ConfigException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The load tool: {@code ./tapeline bench}. */
@Command(
    name = "tapeline bench",
    description = {
      "Publishes through the bus to many subscribers, and reports what reached them and when.",
      "A gateway in this process reads its TAPELINE_ settings from the environment.",
      "Exit code 1: something was lost without a gap being told, or came out of order."
    },
    mixinStandardHelpOptions = true,
    subcommands = {
      BytesCommand.class,
      ComebackCommand.class,
      HistoryBenchCommand.class,
      MixedCommand.class,
      PacketsCommand.class,
      PlantCommand.class,
      PublishBenchCommand.class,
      RecordBenchCommand.class,
      RushCommand.class,
      TicksCommand.class,
      VendorCommand.class,
      MarketCommand.class,
      JmhCommand.class
    })
public final class Main implements Callable<Integer> {

  @Mixin private final LoadOptions options = new LoadOptions();

  @Mixin private final ReportOptions output = new ReportOptions();

  private Main() {}

  public static void main(String[] args) {
    System.exit(run(printer(System.out), printer(System.err), args));
  }

  private static PrintWriter printer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  /** Runs the command of the arguments, and returns the exit code. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    return line()
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(
            (e, arguments) -> ExitCodes.explain(err, e.getMessage(), ExitCodes.MISUSED))
        .setExecutionExceptionHandler((e, line, parsed) -> explain(err, e))
        .execute(args);
  }

  static CommandLine line() {
    return new CommandLine(new Main());
  }

  private static int explain(PrintWriter err, Exception e) throws Exception {
    return switch (e) {
      case BenchException _ -> ExitCodes.explain(err, e.getMessage(), ExitCodes.FAILED);
      case OptionException _, ConfigException _, FeedException _ ->
          ExitCodes.explain(err, e.getMessage(), ExitCodes.MISUSED);
      default -> throw e;
    };
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    LoadPlan plan = options.plan();
    LoadReport report = new LoadRun(plan).run(Target.settings());
    output.print(LoadReportText.of(report), report);
    return report.hasNoLoss() ? ExitCodes.GOOD : ExitCodes.FAILED;
  }
}
