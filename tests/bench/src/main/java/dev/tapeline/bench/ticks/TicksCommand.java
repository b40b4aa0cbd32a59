package dev.tapeline.bench.ticks;

import dev.tapeline.bench.cli.ExitCodes;
import dev.tapeline.bench.cli.OptionCheck;
import dev.tapeline.bench.host.Waiting;
import dev.tapeline.core.Bus;
import dev.tapeline.core.DurableRules;
import dev.tapeline.embedded.EmbeddedBus;
import dev.tapeline.embedded.EmbeddedCache;
import dev.tapeline.feed.replay.Pace;
import dev.tapeline.feed.replay.Recording;
import dev.tapeline.redis.address.RedisAddress;
import dev.tapeline.redis.address.RedisSettings;
import dev.tapeline.redis.bus.RedisBus;
import dev.tapeline.redis.cache.RedisCache;
import dev.tapeline.redis.connect.RedisConnectors;
import dev.tapeline.redis.topology.RedisConnector;
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

  private static final String PREFIX = "tapeline-bench:";

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
    return url == null ? embedded(recording, pace) : onRedis(url, recording, pace);
  }

  private int embedded(Recording recording, Pace pace) throws InterruptedException {
    try (EmbeddedBus bus = new EmbeddedBus(1_000);
        EmbeddedCache cache = new EmbeddedCache(10_000, System::currentTimeMillis)) {
      bus.start(Bus.Listener.DEAF);
      return print(new TicksRun(bus, cache), recording, pace);
    }
  }

  private int onRedis(String url, Recording recording, Pace pace) throws InterruptedException {
    RedisAddress address = OptionCheck.read("--redis", () -> RedisAddress.parse(url));
    RedisSettings settings = RedisSettings.of(address).withKeyPrefix(PREFIX);
    try (RedisConnector connector = RedisConnectors.of(settings);
        RedisBus bus = new RedisBus(connector, DurableRules.NONE);
        RedisCache cache = new RedisCache(connector)) {
      bus.start(Bus.Listener.DEAF);
      Waiting.await(() -> bus.state() == Bus.State.UP, "Redis does not answer");
      return print(new TicksRun(bus, cache), recording, pace);
    }
  }

  private int print(TicksRun run, Recording recording, Pace pace) throws InterruptedException {
    Stream.Builder<TicksRun.Result> results = Stream.builder();
    for (int round = 0; round < rounds; round++) {
      results.add(run.play(recording, pace));
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
