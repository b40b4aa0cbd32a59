package dev.tapeline.server.cli;

import dev.tapeline.feed.FeedException;
import dev.tapeline.server.compose.StartException;
import dev.tapeline.server.settings.Version;
import dev.tapeline.server.settings.declaration.ConfigException;
import dev.tapeline.simulate.net.SimulatorException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** All commands; each returns its exit code. */
@Command(
    name = "tapeline",
    description = "A ticker plant: delivers market data to browsers and bots.",
    mixinStandardHelpOptions = true,
    version = "Tapeline " + Version.TEXT,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      ServeCommand.class,
      ReplayCommand.class,
      SimulateCommand.class,
      RecordCommand.class,
      CalcCommand.class,
      PublishCommand.class,
      TailCommand.class,
      PartitionCommand.class,
      TokenCommand.class,
      DoctorCommand.class,
      TrainCommand.class
    },
    footer = {
      "The launcher has one more command, bench: the load tool.",
      "See ./tapeline bench --help."
    })
public final class Commands {

  static final int OK = 0;
  static final int FAILED = 1;
  static final int MISUSED = 2;

  private Commands() {}

  /** Runs the command that the arguments name; a server runs until it is told to stop. */
  public static int run(String... args) {
    return line().setOut(standardOutput()).execute(args);
  }

  /**
   * Standard output as a writer that reports failed writes, which a writer around {@link
   * System#out} does not.
   */
  private static PrintWriter standardOutput() {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), System.out.charset()),
        true);
  }

  static CommandLine line() {
    return new CommandLine(new Commands())
        .setExecutionExceptionHandler((e, line, parsed) -> explain(e, line));
  }

  private static int explain(Exception e, CommandLine line) throws Exception {
    int code =
        switch (e) {
          case ConfigException _ -> MISUSED;
          case StartException _, FeedException _, SimulatorException _ -> FAILED;
          default -> throw e;
        };
    line.getErr().println("tapeline: " + e.getMessage());
    return code;
  }
}
