package dev.tapeline.gateway.meters;

import dev.tapeline.hub.topic.Hub;
import dev.tapeline.hub.topic.HubCounters;
import dev.tapeline.protocols.spi.ClientPublisher;
import dev.tapeline.protocols.spi.CloseReason;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Shows the gateway's counters as metrics. */
public final class GatewayMeters {

  private static final double NANOS = 1e9;

  /**
   * The buckets of the latency, from that of an idle node to that of a node in trouble: 1, 2.5 and
   * 5 a decade.
   */
  private static final Duration[] LATENCY_BUCKETS =
      LongStream.of(
              50,
              100,
              250,
              500,
              1_000,
              2_500,
              5_000,
              10_000,
              25_000,
              50_000,
              100_000,
              250_000,
              500_000,
              1_000_000,
              2_500_000,
              5_000_000,
              10_000_000)
          .mapToObj(micros -> Duration.of(micros, ChronoUnit.MICROS))
          .toArray(Duration[]::new);

  private final MeterRegistry meters;

  private GatewayMeters(MeterRegistry meters) {
    this.meters = meters;
  }

  /**
   * The counts of connections.
   *
   * @param all open connections
   * @param tooFast connections postponed because too many came at once from one address
   * @param users users with a connection
   * @param usersRefused connections beyond the limit of a user
   */
  public record Connections(
      Supplier<Number> all, LongAdder tooFast, Supplier<Number> users, LongAdder usersRefused) {}

  /**
   * Registers all metrics.
   *
   * @param refusals requests refused for lack of permission
   * @return a receiver of the lanes' latencies, in nanoseconds
   */
  public static LongConsumer bind(
      MeterRegistry registry,
      GatewayCounters counters,
      Connections connections,
      LongAdder refusals,
      ClientPublisher publisher,
      Hub hub) {
    GatewayMeters meters = new GatewayMeters(registry);
    meters.gauges(connections, hub);
    meters.count(
        "tapeline.users.refused",
        "Connections refused because their user had too many",
        connections.usersRefused());
    meters.postponed("address", connections.tooFast());
    meters.connections(counters);
    meters.count("tapeline.access.refused", "Requests refused for lack of permission", refusals);
    meters.count("tapeline.published", "Publications of clients", publisher.taken());
    meters.count(
        "tapeline.publish.failed", "Publications of clients that failed", publisher.failed());
    meters.hub(hub.counters());
    Timer latency = meters.latency();
    return nanos -> latency.record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer latency() {
    return Timer.builder("tapeline.latency")
        .description("Time from a publication's ingest stamp, or its arrival here, to its write")
        .serviceLevelObjectives(LATENCY_BUCKETS)
        .register(meters);
  }

  private void gauges(Connections connections, Hub hub) {
    gauge("tapeline.connections", "Open connections", connections.all());
    gauge("tapeline.users", "Users with a connection", connections.users());
    HubCounters c = hub.counters();
    gauge("tapeline.subscriptions", "Clients' subscriptions", () -> c.begun.sum() - c.ended.sum());
    gauge("tapeline.channels", "Channels with a ring on this node", hub::channels);
    gauge("tapeline.upstream.subscriptions", "Subscriptions to the bus", hub::upstreams);
    gauge("tapeline.patterns", "Distinct patterns of clients", hub::patterns);
    gauge("tapeline.rings.bytes", "Memory of all rings", () -> hub.budget().used());
  }

  private void connections(GatewayCounters c) {
    count("tapeline.connections.accepted", "Connections accepted", c.accepted);
    count("tapeline.connections.refused", "Connections and handshakes refused", c.refused);
    count("tapeline.connections.relayed", "Connections relayed to REST", c.relayed);
    count("tapeline.connections.errors", "Connections ended by an error", c.connectionErrors);
    postponed("word", c.postponedByWord);
    postponed("http", c.postponedByHttp);
    count("tapeline.messages.in", "Messages from clients", c.messagesIn);
    dropped("rate_limited", c.rateLimited);
    dropped("bad_message", c.badMessages);
    for (CloseReason reason : CloseReason.values()) {
      FunctionCounter.builder("tapeline.connections.closed", c.closedBy(reason), LongAdder::sum)
          .description("Connections closed by the gateway")
          .tag("code", String.valueOf(reason.code()))
          .register(meters);
    }
  }

  private void hub(HubCounters c) {
    count("tapeline.publications.in", "Publications from the bus", c.publications);
    count("tapeline.publications.merged", "Publications merged into newer ones", c.merged);
    count("tapeline.frames.out", "Frames to clients", c.frames);
    count("tapeline.bytes.out", "Bytes to clients", c.bytes);
    count("tapeline.gaps", "Gaps reported to clients", c.gaps);
    count("tapeline.subscriptions.rejected", "Rejected subscriptions", c.rejected);
    count("tapeline.matches.refused", "Channels beyond a pattern limit", c.matchesRefused);
    count("tapeline.patterns.refused", "Patterns beyond the limit of this node", c.patternsRefused);
    count("tapeline.log.reads", "Reads of durable channels' logs", c.logReads);
    count("tapeline.recoveries", "Subscriptions resumed where the client left off", c.recovered);
    count("tapeline.recoveries.refused", "Recoveries that were refused", c.recoveryRefused);
    count("tapeline.recoveries.postponed", "Recoveries postponed", c.recoveryPostponed);
    count("tapeline.rings.evicted", "Rings evicted for others", c.evictions);
    count("tapeline.connections.blocked", "Times a connection could not take more", c.blocked);
    count("tapeline.ladder.down", "Steps by which slow clients were degraded", c.stepsDown);
    count("tapeline.ladder.up", "Steps by which clients recovered", c.stepsUp);
    dropped("oversized", c.droppedOversized);
    dropped("invalid_name", c.droppedInvalidName);
    dropped("unwanted", c.droppedUnwanted);
    dropped("repeated", c.droppedRepeated);
    FunctionCounter.builder("tapeline.lane.seconds", c.laneNanos, n -> n.sum() / NANOS)
        .description("Time that lanes spent distributing and writing")
        .register(meters);
  }

  private void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).register(meters);
  }

  private void count(String name, String description, LongAdder counter) {
    FunctionCounter.builder(name, counter, LongAdder::sum)
        .description(description)
        .register(meters);
  }

  private void postponed(String how, LongAdder counter) {
    FunctionCounter.builder("tapeline.connections.postponed", counter, LongAdder::sum)
        .description("Clients told to reconnect later because too many came")
        .tag("how", how)
        .register(meters);
  }

  private void dropped(String reason, LongAdder counter) {
    FunctionCounter.builder("tapeline.dropped", counter, LongAdder::sum)
        .description("Messages and publications dropped, by reason")
        .tag("reason", reason)
        .register(meters);
  }
}
