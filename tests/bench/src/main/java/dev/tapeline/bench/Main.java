package dev.tapeline.bench;

import dev.tapeline.server.settings.ConfigException;
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
      MixedCommand.class,
      PublishBenchCommand.class,
      RushCommand.class,
      TicksCommand.class,
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
    return new CommandLine(new Main())
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(
            (e, arguments) -> ExitCodes.explain(err, e.getMessage(), ExitCodes.MISUSED))
        .setExecutionExceptionHandler((e, line, parsed) -> explain(err, e))
        .execute(args);
  }

  private static int explain(PrintWriter err, Exception e) throws Exception {
    return switch (e) {
      case BenchException _ -> ExitCodes.explain(err, e.getMessage(), ExitCodes.FAILED);
      case ConfigException _ -> ExitCodes.explain(err, e.getMessage(), ExitCodes.MISUSED);
      default -> throw e;
    };
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    LoadPlan plan;
    try {
      plan = options.plan();
    } catch (BenchException e) {
      return output.misused(e);
    }
    Report report = new LoadRun(plan).run(Target.settings());
    output.print(ReportText.of(report), report);
    return report.hasNoLoss() ? ExitCodes.GOOD : ExitCodes.FAILED;
  }
}
