package dev.tapeline.bench.load;

import dev.tapeline.bench.cli.BenchException;
import dev.tapeline.bench.host.MemoryUse;
import dev.tapeline.bench.host.Waiting;
import dev.tapeline.bench.server.Target;
import dev.tapeline.bench.subscriber.DeliverySums;
import dev.tapeline.bench.subscriber.Latencies;
import dev.tapeline.bench.subscriber.SubscribePlan;
import dev.tapeline.bench.subscriber.Subscribers;
import dev.tapeline.bench.subscriber.Subscribers.Sight;
import dev.tapeline.bench.subscriber.Tally;
import dev.tapeline.server.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** One load run, from the first connection to the report. */
public final class LoadRun {

  private static final Duration SUBSCRIBE_LIMIT = Duration.ofSeconds(60);
  private static final Duration LEAD = Duration.ofMillis(50);
  private static final Duration LOOK = Duration.ofMillis(20);

  /** The limits on waiting for the rest: without any arrival, and in all. */
  private static final Duration QUIET = Duration.ofSeconds(2);

  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(30);

  private final LoadPlan plan;

  public LoadRun(LoadPlan plan) {
    this.plan = plan;
  }

  /**
   * Runs it.
   *
   * @throws BenchException if there is nothing to measure, saying why
   */
  public LoadReport run(Settings settings) throws IOException, InterruptedException {
    try (Target target = target(settings)) {
      MemoryUse atRest = MemoryUse.now(plan.serverPid());
      Latencies latencies = new Latencies();
      try (Subscribers subscribers =
          new Subscribers(target.address(), target.path(), plan.subscribers(), latencies)) {
        subscribers.start();
        subscribers.awaitLive(SUBSCRIBE_LIMIT);
        return load(target, subscribers, latencies, atRest);
      }
    }
  }

  private Target target(Settings settings) {
    URI url = plan.url();
    return url == null
        ? Target.inProcess(plan.subscribers(), settings.gateway(), settings.durable(), plan.redis())
        : Target.running(url, Objects.requireNonNull(plan.redis()), settings.durable());
  }

  private LoadReport load(
      Target target, Subscribers subscribers, Latencies latencies, MemoryUse atRest)
      throws InterruptedException {
    List<String> channels = plan.subscribers().channelNames();
    long start = System.nanoTime() + LEAD.toNanos();
    long from = start + plan.warmUp().toNanos();
    long to = from + plan.duration().toNanos();
    latencies.open(from, to);
    try (LoadPublisher publisher =
        new LoadPublisher(target.bus(), channels, plan.schedule(), plan.bytes())) {
      publisher.start(start, to);
      await(from);
      Moment first = Moment.now(publisher, subscribers, plan);
      await(to);
      Moment last = Moment.now(publisher, subscribers, plan);
      long undelivered = drain(subscribers, publisher.awaitEnd());
      Sight end = subscribers.sight();
      return new LoadReport(
          setup(target, subscribers),
          last.ratesSince(first),
          latencies.summary(),
          DeliverySums.of(end.fast(), undelivered),
          DeliverySums.of(end.slow(), 0),
          publisher.failed(),
          last.cpu().since(first.cpu()),
          atRest,
          MemoryUse.now(plan.serverPid()),
          subscribers.problem());
    }
  }

  private static void await(long nanos) throws InterruptedException {
    Waiting.pause(Duration.ofNanos(nanos - System.nanoTime()));
  }

  /** Waits until everything has come, or nothing comes any more; returns how much is missing. */
  private long drain(Subscribers subscribers, long[] published) throws InterruptedException {
    long deadline = System.nanoTime() + DRAIN_LIMIT.toNanos();
    long behind = subscribers.behind(published);
    long progress = System.nanoTime();
    double maxRate = plan.subscribers().maxRate();
    long quiet = QUIET.toNanos() + (maxRate == 0 ? 0 : (long) (1e9 / maxRate));
    while (behind > 0 && System.nanoTime() < Math.min(deadline, progress + quiet)) {
      Waiting.pause(LOOK);
      long now = subscribers.behind(published);
      progress = now < behind ? System.nanoTime() : progress;
      behind = now;
    }
    return behind;
  }

  private LoadReport.Setup setup(Target target, Subscribers subscribers) {
    SubscribePlan plan = this.plan.subscribers();
    return new LoadReport.Setup(
        target.text(),
        plan.connections(),
        subscribers.slowCount(),
        plan.channels(),
        plan.perConnection(),
        plan.latest() ? "latest" : "all",
        plan.maxRate(),
        this.plan.profile(),
        this.plan.schedule().rate(),
        this.plan.bytes(),
        this.plan.warmUp().toMillis() / 1e3,
        this.plan.duration().toMillis() / 1e3);
  }

  /** The values of all counters at one moment. */
  private record Moment(long published, Sight sight, CpuClock cpu) {

    static Moment now(LoadPublisher publisher, Subscribers subscribers, LoadPlan plan) {
      CpuClock cpu = CpuClock.now(plan.serverPid());
      return new Moment(publisher.published(), subscribers.sight(), cpu);
    }

    LoadReport.Rates ratesSince(Moment before) {
      double seconds = (sight.nanos() - before.sight.nanos()) / 1e9;
      Tally now = all(sight);
      Tally then = all(before.sight);
      return new LoadReport.Rates(
          (published - before.published) / seconds,
          (now.deliveries - then.deliveries) / seconds,
          (now.frames - then.frames) / seconds,
          (now.bytes - then.bytes) / seconds / 1e6,
          (now.frames - then.frames) / (double) Math.max(1, now.reads - then.reads));
    }

    private static Tally all(Sight sight) {
      Tally sum = sight.fast().copy();
      sum.add(sight.slow());
      return sum;
    }
  }
}
