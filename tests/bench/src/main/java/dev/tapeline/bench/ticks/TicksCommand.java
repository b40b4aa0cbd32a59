package dev.tapeline.bench.ticks;

import dev.tapeline.bench.cli.ExitCodes;
import dev.tapeline.bench.cli.OptionCheck;
import dev.tapeline.bench.plant.BusAndCache;
import dev.tapeline.feed.replay.Pace;
import dev.tapeline.feed.replay.Recording;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures the way of a tick from a recording to bus and cache. */
@Command(
    name = "ticks",
    mixinStandardHelpOptions = true,
    description =
        "Plays a recording through a market to a bus without subscribers and a cache, several"
            + " times, and prints the median: ticks a second, and calls to bus and cache for each"
            + " tick.")
public final class TicksCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "Recording, as for 'tapeline replay'.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path file;

  @Option(
      names = "--speed",
      paramLabel = "N|max",
      defaultValue = "max",
      description = "Multiple of the recorded speed, or 'max'. Default: ${DEFAULT-VALUE}.")
  private String speed = "max";

  @Option(
      names = "--redis",
      paramLabel = "URL",
      description = "Bus and cache on this Redis: redis://HOST:PORT. Default: in this process.")
  private @Nullable String url;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "How often it is played. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  @Override
  public Integer call() throws InterruptedException {
    OptionCheck.check(rounds >= 1 && rounds <= 100_000, "--rounds", "1 to 100000");
    Pace pace = OptionCheck.read("--speed", () -> Pace.parse(speed));
    Recording recording = new Recording(file);
    try (BusAndCache target = BusAndCache.of(url)) {
      return print(target, recording, pace);
    }
  }

  private int print(BusAndCache target, Recording recording, Pace pace)
      throws InterruptedException {
    Stream.Builder<TicksRun.Result> results = Stream.builder();
    for (int round = 0; round < rounds; round++) {
      results.add(TicksRun.play(target, recording, pace));
    }
    List<TicksRun.Result> sorted =
        results
            .build()
            .sorted(Comparator.comparingDouble(TicksRun.Result::ticksPerSecond))
            .toList();
    TicksRun.Result median = sorted.get(sorted.size() / 2);
    command
        .commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "%d ticks, %d publications; %.0f ticks/s; calls a tick: bus %.3f, cache %.3f;"
                + " %d batches lost%n",
            median.ticks(),
            median.publications(),
            median.ticksPerSecond(),
            median.busCallsPerTick(),
            median.cacheCallsPerTick(),
            median.losses());
    return median.losses() == 0 ? ExitCodes.GOOD : ExitCodes.FAILED;
  }
}
