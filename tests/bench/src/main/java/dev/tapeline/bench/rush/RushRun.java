package dev.tapeline.bench.rush;

import dev.tapeline.bench.cli.BenchException;
import dev.tapeline.bench.host.Waiting;
import dev.tapeline.bench.load.LoadPublisher;
import dev.tapeline.bench.load.PublishTimes;
import dev.tapeline.bench.server.Target;
import dev.tapeline.bench.subscriber.DeliverySums;
import dev.tapeline.bench.subscriber.Latencies;
import dev.tapeline.bench.subscriber.SubscribePlan;
import dev.tapeline.bench.subscriber.Subscribers;
import dev.tapeline.redis.bus.RedisBus;
import dev.tapeline.server.settings.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs in which clients with channels of their own come at once, and leave at once. */
final class RushRun {

  /** The runs before the measured ones, while the JVM compiles. */
  private static final int WARM_UPS = 2;

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(20);
  private static final Duration CALM = Duration.ofMillis(500);
  private static final Duration LOOK = Duration.ofMillis(1);

  private final RushPlan plan;

  RushRun(RushPlan plan) {
    this.plan = plan;
  }

  /**
   * Runs each number of channels in its own gateway, after runs for warming up.
   *
   * @throws BenchException if there is nothing to measure, saying why
   */
  RushReport run(Settings settings) throws IOException, InterruptedException {
    List<RushReport.Run> runs = new ArrayList<>();
    for (int i = 0; i < WARM_UPS; i++) {
      RushReport.Run _ = run(settings, plan.channels().getFirst());
    }
    for (int channels : plan.channels()) {
      runs.add(run(settings, channels));
    }
    return new RushReport(Target.text(plan.redis()), plan.each(), plan.rate(), runs);
  }

  private RushReport.Run run(Settings settings, int channels)
      throws IOException, InterruptedException {
    String prefix = RushPlan.prefix();
    try (Target target =
        Target.inProcess(
            plan.all(channels, prefix), settings.gateway(), settings.durable(), plan.redis())) {
      return run(target, channels, prefix);
    }
  }

  private RushReport.Run run(Target target, int channels, String prefix)
      throws IOException, InterruptedException {
    SubscribePlan stays = plan.stays(prefix);
    try (Subscribers stayer =
            new Subscribers(target.address(), target.path(), stays, new Latencies());
        RushClients clients = new RushClients(target, plan.all(channels, prefix));
        Pinging pinging = new Pinging(target);
        LoadPublisher publisher =
            new LoadPublisher(
                target.bus(), stays.channelNames(), PublishTimes.constant(plan.rate()), 150)) {
      stayer.start();
      stayer.awaitLive(LIMIT);
      clients.open(plan.clients(channels));
      publisher.start(System.nanoTime(), Long.MAX_VALUE);
      Act coming = measure(pinging, clients::subscribe);
      Act leaving = measure(pinging, () -> leave(target, clients));
      long left = target.channels().getAsLong() - 1;
      publisher.close();
      long[] published = publisher.awaitEnd();
      boolean _ = Waiting.until(() -> stayer.behind(published) == 0, DRAIN_LIMIT, LOOK);
      return new RushReport.Run(
          channels,
          coming.micros() / channels,
          leaving.micros() / channels,
          left,
          coming.pingMillis(),
          leaving.pingMillis(),
          target.bus() instanceof RedisBus redis ? redis.stats().reconnects() : 0,
          publisher.failed(),
          DeliverySums.of(stayer.sight().fast(), stayer.behind(published)),
          stayer.problem());
    }
  }

  /** The time of an action, and the longest wait of others for a pong from then on. */
  private record Act(double micros, double pingMillis) {}

  /** An action of all clients. */
  private interface Doing {
    void run() throws IOException, InterruptedException;
  }

  private static Act measure(Pinging pinging, Doing doing)
      throws IOException, InterruptedException {
    Waiting.pause(CALM);
    double _ = pinging.takeWorst();
    long start = System.nanoTime();
    doing.run();
    double micros = (System.nanoTime() - start) / 1e3;
    Waiting.pause(CALM);
    return new Act(micros, pinging.takeWorst());
  }

  /** Ends the clients, and waits until only the channel of the client that stays is left. */
  private static void leave(Target target, RushClients clients)
      throws IOException, InterruptedException {
    clients.leave();
    boolean _ = Waiting.until(() -> target.channels().getAsLong() == 1, LIMIT, LOOK);
  }
}
