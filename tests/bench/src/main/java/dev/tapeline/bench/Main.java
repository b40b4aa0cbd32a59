package dev.tapeline.bench;

import dev.tapeline.server.settings.ConfigException;
import dev.tapeline.server.settings.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

  static final int GOOD = 0;
  static final int FAILED = 1;
  static final int MISUSED = 2;

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
        .setParameterExceptionHandler((e, arguments) -> explain(err, e.getMessage(), MISUSED))
        .setExecutionExceptionHandler((e, line, parsed) -> explain(err, e))
        .execute(args);
  }

  private static int explain(PrintWriter err, Exception e) throws Exception {
    return switch (e) {
      case BenchException _ -> explain(err, e.getMessage(), FAILED);
      case ConfigException _ -> explain(err, e.getMessage(), MISUSED);
      default -> throw e;
    };
  }

  static int explain(PrintWriter err, @Nullable String message, int code) {
    err.println("tapeline bench: " + message);
    return code;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    LoadPlan plan;
    try {
      plan = options.plan();
    } catch (BenchException e) {
      return output.misused(e);
    }
    Report report = new LoadRun(plan).run(settings());
    output.print(ReportText.of(report), report);
    return report.isGood() ? GOOD : FAILED;
  }

  /** The settings from the environment. */
  static Settings settings() {
    return Settings.load(Optional.empty(), System.getenv(), Map.of());
  }
}
