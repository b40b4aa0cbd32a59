package dev.tapeline.bench.comeback;

import dev.tapeline.bench.cli.BenchException;
import dev.tapeline.bench.host.Waiting;
import dev.tapeline.bench.load.LoadPublisher;
import dev.tapeline.bench.load.PublishTimes;
import dev.tapeline.bench.server.Target;
import dev.tapeline.bench.subscriber.DeliverySums;
import dev.tapeline.bench.subscriber.Latencies;
import dev.tapeline.bench.subscriber.Subscribers;
import dev.tapeline.bench.subscriber.Tally;
import dev.tapeline.server.settings.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * One run in which subscribers of durable channels lose their connections at once, miss some
 * publications, and come back at once, while others stay.
 */
final class ComebackRun {

  private static final Duration SUBSCRIBE_LIMIT = Duration.ofMinutes(2);
  private static final Duration COMEBACK_LIMIT = Duration.ofMinutes(1);
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(20);
  private static final Duration LOOK = Duration.ofMillis(5);
  private static final Duration LEAD = Duration.ofMillis(50);

  private final ComebackPlan plan;

  ComebackRun(ComebackPlan plan) {
    this.plan = plan;
  }

  /**
   * Runs it.
   *
   * @throws BenchException if there is nothing to measure, saying why
   */
  ComebackReport run(Settings settings) throws IOException, InterruptedException {
    Latencies latencies = new Latencies();
    try (Target target = plan.target(settings);
        Subscribers stayers =
            new Subscribers(target.address(), target.path(), plan.stayers(), latencies);
        Subscribers leavers =
            new Subscribers(target.address(), target.path(), plan.leavers(), new Latencies());
        LoadPublisher publisher =
            new LoadPublisher(
                target.bus(), plan.channels(), PublishTimes.constant(plan.rate()), plan.bytes())) {
      for (Subscribers each : List.of(stayers, leavers)) {
        each.start();
        each.awaitLive(SUBSCRIBE_LIMIT);
      }
      return run(target, stayers, leavers, publisher, latencies);
    }
  }

  private ComebackReport run(
      Target target,
      Subscribers stayers,
      Subscribers leavers,
      LoadPublisher publisher,
      Latencies latencies)
      throws InterruptedException {
    long start = System.nanoTime() + LEAD.toNanos();
    publisher.start(start, Long.MAX_VALUE);
    Waiting.pause(plan.warmUp());
    stayers.openWindow(latencies);
    Waiting.pause(plan.steady());
    leavers.leave();
    long published = publisher.published();
    long missed = plan.behind() * plan.channels().size();
    await(COMEBACK_LIMIT, () -> publisher.published() >= published + missed);
    long reads = target.logReads().getAsLong();
    stayers.openWindow(latencies);
    leavers.comeBack(publisher.publishedByChannel());
    await(COMEBACK_LIMIT, () -> leavers.comeback().away() == 0);
    stayers.openWindow(latencies);
    reads = target.logReads().getAsLong() - reads;
    Waiting.pause(plan.steady());
    publisher.close();
    return report(target, stayers, leavers, publisher.awaitEnd(), reads, latencies);
  }

  private ComebackReport report(
      Target target,
      Subscribers stayers,
      Subscribers leavers,
      long[] published,
      long reads,
      Latencies latencies)
      throws InterruptedException {
    await(DRAIN_LIMIT, () -> stayers.behind(published) + leavers.behind(published) == 0);
    long undelivered = stayers.behind(published) + leavers.behind(published);
    Tally all = stayers.sight().fast();
    all.add(leavers.sight().fast());
    String problem = stayers.problem() == null ? leavers.problem() : stayers.problem();
    return new ComebackReport(
        target.text(),
        plan.stayers().connections(),
        plan.leavers().connections(),
        plan.channels().size(),
        plan.rate(),
        plan.behind(),
        leavers.comeback(),
        reads,
        latencies.summaries(),
        DeliverySums.of(all, undelivered),
        problem);
  }

  private static void await(Duration limit, BooleanSupplier condition) throws InterruptedException {
    boolean _ = Waiting.until(condition, limit, LOOK);
  }
}
