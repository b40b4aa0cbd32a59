package dev.tapeline.server.cli;

import dev.tapeline.feed.replay.Pace;
import dev.tapeline.feed.replay.Recording;
import dev.tapeline.feed.replay.ReplayOptions;
import dev.tapeline.server.compose.FeedPlan;
import dev.tapeline.server.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that runs the server with a recording as its feed. */
@Command(
    name = "replay",
    description = "Runs the server with a recording as its feed.",
    mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {

  @Mixin private final ServerOptions options = new ServerOptions();

  @Parameters(
      paramLabel = "FILE",
      description = "Recording: lines of '<receive time, ns> <JSON>', plain or gzip.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path file;

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
    Settings settings = options.load(Map.of("TAPELINE_FEED", "none"));
    List<FeedPlan> plan =
        List.of(
            new FeedPlan.Replay(
                new Recording(file), new ReplayOptions(pace, loop, awaitSubscriber)));
    return options.run(ServerRun.Greeting.of("Tapeline, replaying " + file), settings, plan);
  }
}
