package dev.tapeline.bench.mixed;

import dev.tapeline.access.Authenticator;
import dev.tapeline.bench.cli.BenchException;
import dev.tapeline.bench.host.Waiting;
import dev.tapeline.bench.server.Target;
import dev.tapeline.core.Folds;
import dev.tapeline.core.Publication;
import dev.tapeline.embedded.EmbeddedBus;
import dev.tapeline.gateway.Gateway;
import dev.tapeline.gateway.GatewayConfig;
import dev.tapeline.gateway.listen.accept.ConnectionLimits;
import dev.tapeline.plant.channels.ChannelRules;
import dev.tapeline.protocols.cable.CableMapping;
import dev.tapeline.server.settings.part.BuiltInChannels;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run with clients of all protocols on one hub, which checks that each sees every number of every
 * channel.
 */
final class MixedRun {

  private static final Duration SUBSCRIBE_LIMIT = Duration.ofSeconds(30);
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Duration NEVER = Duration.ofHours(1);
  private static final Duration TICK = Duration.ofMillis(1);

  private final Plan plan;

  MixedRun(Plan plan) {
    this.plan = plan;
  }

  /**
   * The plan of the run.
   *
   * @param each how many clients of each protocol, each on all channels
   * @param rate publications a second, on all channels together
   * @param bytes of a publication
   */
  record Plan(int each, int channels, double rate, double seconds, int bytes) {}

  /**
   * The outcome of the run.
   *
   * @param expected for each client
   * @param seen by protocol, of all of its clients together
   * @param wrong publications that did not have the next number of their channel
   * @param closed connections that the server closed
   * @param seconds from the first publication to the last delivery
   */
  record Outcome(
      int clients, long expected, Map<String, Long> seen, long wrong, int closed, double seconds) {

    boolean isGood(int each) {
      return wrong == 0
          && closed == 0
          && seen.values().stream().allMatch(count -> count == expected * each);
    }

    long deliveries() {
      return seen.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  Outcome run() throws IOException, InterruptedException {
    List<String> names = MixedForm.channels(plan.channels());
    try (EmbeddedBus bus = new EmbeddedBus(plan.channels());
        Gateway gateway = new Gateway(config(), bus, Folds.NONE, new SimpleMeterRegistry())) {
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.start().getFirst());
      try (MixedClients clients = new MixedClients(address, plan.each(), names)) {
        if (!Waiting.until(() -> clients.subscribed() == clients.count(), SUBSCRIBE_LIMIT, LOOK)) {
          throw new BenchException("can't subscribe by " + clients.notSubscribed());
        }
        return load(bus, clients, names);
      }
    }
  }

  private GatewayConfig config() {
    int all = plan.each() * MixedForm.values().length + 1;
    return GatewayConfig.builder()
        .kinds(ChannelRules.KINDS)
        .hub(it -> it.urgent(Target.settings().gateway().hub().urgent()))
        .authenticator(Authenticator.open(BuiltInChannels.PERSONAL))
        .protocols(it ->
            it.withTickChannel(BuiltInChannels.ALL_TICKS)
                .withCable(CableMapping.parse(MixedForm.CABLE_MAPPING)))
        .listener(it -> it.withPorts(List.of(0)).withBindHost("127.0.0.1"))
        .connections(_ -> new ConnectionLimits(all, all, all, all))
        .clients(it ->
            it.withMaxChannels(plan.channels())
                .withRate(plan.channels(), 2 * plan.channels())
                .withPingInterval(NEVER)) // these clients do not answer pings
        .build();
  }

  private Outcome load(EmbeddedBus bus, MixedClients clients, List<String> names)
      throws InterruptedException {
    long start = System.nanoTime();
    long total = publish(bus, names, start);
    long expected = total * clients.count();
    boolean _ = Waiting.until(() -> clients.seen() >= expected, DRAIN_LIMIT, LOOK);
    double seconds = (System.nanoTime() - start) / 1e9;
    Map<MixedForm, Long> seen = new EnumMap<>(MixedForm.class);
    for (MixedForm form : MixedForm.values()) {
      seen.put(form, clients.seenBy(form));
    }
    return new Outcome(
        clients.count(), total, byName(seen), clients.wrong(), clients.closed(), seconds);
  }

  private static Map<String, Long> byName(Map<MixedForm, Long> seen) {
    Map<String, Long> named = new LinkedHashMap<>();
    seen.forEach((form, count) -> named.put(form.text(), count));
    return named;
  }

  /**
   * Publishes on channel after channel, each publication when it is due; those due together are
   * sent together.
   */
  private long publish(EmbeddedBus bus, List<String> names, long start)
      throws InterruptedException {
    long total = (long) (plan.rate() * plan.seconds());
    long done = 0;
    while (done < total) {
      long due = Math.min(total, (long) ((System.nanoTime() - start) / 1e9 * plan.rate()));
      List<Publication> batch = new ArrayList<>();
      for (; done < due; done++) {
        int channel = (int) (done % names.size());
        long number = done / names.size() + 1;
        batch.add(
            Publication.of(
                names.get(channel), NumberScanner.payload(channel, number, plan.bytes())));
      }
      if (!batch.isEmpty()) {
        bus.publish(batch).toCompletableFuture().join();
      }
      Waiting.pause(TICK);
    }
    return total;
  }
}
