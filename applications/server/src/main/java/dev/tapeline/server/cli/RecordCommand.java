package dev.tapeline.server.cli;

import dev.tapeline.server.compose.FeedPlan;
import dev.tapeline.server.compose.Recorders;
import dev.tapeline.server.settings.Settings;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command that runs the server with live sources, and records what arrives at them. */
@Command(
    name = "record",
    description = "Runs the server with live sources, and records what arrives at them.",
    mixinStandardHelpOptions = true)
final class RecordCommand implements Callable<Integer> {

  @Mixin private final ServerOptions options = new ServerOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  @Parameters(
      arity = "1..*",
      paramLabel = "SOURCE",
      description = "A source, as TAPELINE_FEEDS has it; one with options stands in quotes.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private List<String> sources;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FILE",
      description =
          "Folder and name of the recording: data/nse becomes data/nse-20261129T0915.tlr.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path file;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      defaultValue = "UTC",
      description = "Time zone whose days divide the recording. Default: ${DEFAULT-VALUE}.")
  private String zone = "UTC";

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = options.load(Map.of("TAPELINE_FEEDS", String.join(", ", sources)));
    ZoneId days = zone();
    check(settings);
    return options.run(
        ServerRun.Greeting.of("Tapeline, recording to " + file),
        settings,
        FeedPlan.of(settings),
        () -> Recorders.start(settings, file, days));
  }

  private void check(Settings settings) {
    try {
      Recorders.check(settings.feeds(), file);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private ZoneId zone() {
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new ParameterException(
          command.commandLine(),
          "'%s' is no time zone; write one such as UTC or Asia/Kolkata".formatted(zone),
          e);
    }
  }
}
