package dev.tapeline.server.cli;

import dev.tapeline.feed.replay.Pace;
import dev.tapeline.feed.replay.Recording;
import dev.tapeline.feed.replay.ReplayOptions;
import dev.tapeline.feed.replay.ReplayReading;
import dev.tapeline.server.compose.FeedPlan;
import dev.tapeline.server.settings.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command that runs the server with a recording as its feed. */
@Command(
    name = "replay",
    description = "Runs the server with a recording as its feed.",
    mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {

  @Mixin private final ServerOptions options = new ServerOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  @Parameters(
      paramLabel = "FILE",
      description = "The file: a recording of the command record, trades as CSV, or messages.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path file;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "auto",
      description =
          "What the file holds: record, csv, binance (lines of '<receive time, ns> <JSON>'), lines"
              + " (of '<unix seconds>: <message>'), or auto. Default: ${DEFAULT-VALUE}.")
  private String format = "auto";

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "Whose messages the lines of --format lines are: binance, deribit.")
  private @Nullable String source;

  @Option(
      names = "--from",
      paramLabel = "T",
      description = "Where to begin: a time of its first day (09:15) or an instant (…T09:15:00Z).")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "T", description = "Where to end, as --from has it.")
  private @Nullable String to;

  @Option(
      names = "--speed",
      paramLabel = "N|max",
      defaultValue = "1",
      converter = PaceConverter.class,
      description = "Multiple of the recorded speed, or 'max'. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Pace pace;

  @Option(names = "--loop", description = "Starts again at the end.")
  private boolean loop;

  @Option(names = "--await-subscriber", description = "Starts with the first subscriber.")
  private boolean awaitSubscriber;

  @Override
  public Integer call() throws InterruptedException {
    ReplayReading reading = reading();
    Settings settings = options.load(Map.of("TAPELINE_FEED", "none"));
    Recording recording = new Recording(file);
    List<FeedPlan> plan =
        List.of(
            new FeedPlan.Replay(
                recording, reading.of(recording), new ReplayOptions(pace, loop, awaitSubscriber)));
    return options.run(ServerRun.Greeting.of("Tapeline, replaying " + file), settings, plan);
  }

  private ReplayReading reading() {
    Map<String, String> given = new HashMap<>();
    given.put("format", format);
    put(given, "source", source);
    put(given, "from", from);
    put(given, "to", to);
    try {
      return ReplayReading.parse(given);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private static void put(Map<String, String> given, String name, @Nullable String text) {
    if (text != null) {
      given.put(name, text);
    }
  }
}
