package dev.tapeline.bench.publish;

import dev.tapeline.bench.cli.ExitCodes;
import dev.tapeline.bench.cli.OptionCheck;
import dev.tapeline.bench.host.Waiting;
import dev.tapeline.core.Bus;
import dev.tapeline.core.DurableRules;
import dev.tapeline.redis.address.RedisAddress;
import dev.tapeline.redis.address.RedisSettings;
import dev.tapeline.redis.bus.RedisBus;
import dev.tapeline.redis.connect.RedisConnectors;
import dev.tapeline.redis.lease.RedisAdopter;
import dev.tapeline.redis.lease.RedisLeases;
import dev.tapeline.redis.topology.RedisConnector;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command that compares ways of publishing on a Redis, and the cost of adopting plain messages.
 */
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    description =
        "Publishes to a Redis in each way, with at most 256 publications under way, and prints"
            + " publications a second and the server's processor time for each: medians of rounds"
            + " in which each way has its turn. All keys begin with "
            + PublishCase.PREFIX
            + ".")
public final class PublishBenchCommand implements Callable<Integer> {

  @Option(
      names = "--redis",
      paramLabel = "URL",
      required = true,
      description = "The server: redis://HOST:PORT. It gets as much load as it can take.")
  private String url = "";

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Rounds. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "1",
      description = "Time of each way in each round. Default: ${DEFAULT-VALUE}.")
  private double seconds;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  @Override
  public Integer call() throws IOException, InterruptedException {
    OptionCheck.check(rounds >= 1 && rounds <= 1_000, "--rounds", "1 to 1000");
    OptionCheck.check(seconds >= 0.01 && seconds <= 3600, "--seconds", "0.01 to 3600");
    RedisAddress address = address();
    RedisSettings settings = RedisSettings.of(address).withKeyPrefix(PublishCase.PREFIX);
    DurableRules rules = DurableRules.of(PublishCase.DURABLE + "*");
    AdoptionRun.Arrivals arrivals = new AdoptionRun.Arrivals();
    try (RawConnection redis = new RawConnection(address);
        RedisConnector connector = RedisConnectors.of(settings);
        RedisBus bus = new RedisBus(connector, rules);
        RedisLeases leases = new RedisLeases(connector, bus)) {
      bus.start(arrivals);
      Waiting.await(() -> bus.state() == Bus.State.UP, "Redis does not answer");
      List<PublishRun.Rate> rates =
          new ArrayList<>(new PublishRun(redis, seconds).measure(PublishCase.all(), rounds));
      try (RedisAdopter adopter = new RedisAdopter(connector, bus, leases, rules, "bench")) {
        adopter.start();
        rates.add(adoption(redis, adopter));
        print(rates, AdoptionRun.latencies(redis, bus, arrivals));
      }
      redis.ask(words("UNLINK", PublishCase.keys()));
    }
    return ExitCodes.GOOD;
  }

  private RedisAddress address() {
    RedisAddress address = OptionCheck.read("--redis", () -> RedisAddress.parse(url));
    OptionCheck.check(
        !address.tls() && address.credentials().password() == null,
        "--redis",
        "an address without TLS and without a password");
    return address;
  }

  private PublishRun.Rate adoption(RawConnection redis, RedisAdopter adopter)
      throws IOException, InterruptedException {
    AdoptionRun run = new AdoptionRun(redis, adopter);
    run.awaitAdopter();
    List<PublishRun.Rate> all = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      all.add(run.rate(seconds));
    }
    return PublishRun.median(all);
  }

  private static String[] words(String first, List<String> others) {
    List<String> words = new ArrayList<>(List.of(first));
    words.addAll(others);
    return words.toArray(String[]::new);
  }

  private void print(List<PublishRun.Rate> rates, List<AdoptionRun.Latency> latencies) {
    PrintWriter out = command.commandLine().getOut();
    out.println("| call | publications/s | CPU each, µs | of plain |");
    out.println("|---|---|---|---|");
    double plain = rates.getFirst().cpu();
    for (PublishRun.Rate rate : rates) {
      out.println(
          "| %s | %,.0f | %.2f | %.1f |"
              .formatted(rate.name(), rate.perSecond(), rate.cpu(), rate.cpu() / plain));
    }
    out.println();
    out.println("| to a subscriber | p50, µs | p99, µs |");
    out.println("|---|---|---|");
    for (AdoptionRun.Latency latency : latencies) {
      out.println(
          "| %s | %,d | %,d |"
              .formatted(latency.name(), latency.micros().get(0), latency.micros().get(1)));
    }
    out.flush();
  }
}
