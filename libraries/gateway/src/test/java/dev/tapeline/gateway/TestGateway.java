package dev.tapeline.gateway;

import dev.tapeline.access.Authenticator;
import dev.tapeline.access.token.Tokens;
import dev.tapeline.core.Bus;
import dev.tapeline.core.Channel;
import dev.tapeline.core.ChannelKind;
import dev.tapeline.core.Fold;
import dev.tapeline.core.Folds;
import dev.tapeline.core.KindRules;
import dev.tapeline.core.KindRules.Rule;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import dev.tapeline.embedded.EmbeddedBus;
import dev.tapeline.protocols.cable.CableMapping;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** A gateway on a free port and an embedded bus. */
final class TestGateway implements AutoCloseable {

  private static final KindRules KINDS =
      new KindRules(
          List.of(
              Rule.of("market:tick:*", ChannelKind.STATE),
              Rule.of("ticker@*", ChannelKind.STATE),
              Rule.of("indicators:*", ChannelKind.STATE),
              Rule.of("option-chain:*", ChannelKind.STATE),
              Rule.of("candles:*", ChannelKind.BAR),
              Rule.of("depth@*", ChannelKind.DELTA)));

  private static final CableMapping CABLE =
      CableMapping.parse(
          "DashboardUpdatesChannel=live_ltp_updates,TicksChannel=market:tick:{symbol},"
              + "OptionChainChannel=option-chain:{symbol}:{expiry}");

  /** Longer than a test: pings that come at random are for the tests that ask for them. */
  static final Duration NO_PING = Duration.ofHours(1);

  final EmbeddedBus bus;
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final Gateway gateway;
  final int port;
  private volatile Runnable beforeSnapshot = () -> {};

  TestGateway(UnaryOperator<GatewayConfig.Builder> change) {
    this(new EmbeddedBus(1000), change);
  }

  TestGateway(EmbeddedBus bus, UnaryOperator<GatewayConfig.Builder> change) {
    this(bus, bus, change);
  }

  /**
   * @param delivering what the gateway listens to, and by what it gets the publications of the bus
   */
  TestGateway(EmbeddedBus bus, Bus delivering, UnaryOperator<GatewayConfig.Builder> change) {
    this.bus = bus;
    GatewayConfig config =
        change
            .apply(
                GatewayConfig.builder()
                    .kinds(KINDS)
                    .listener(it -> it.withPorts(List.of(0)).withBindHost("127.0.0.1").withLanes(2))
                    .hub(it ->
                        it.urgent(
                            List.of(Selector.parse("alerts:*"), Selector.parse("positions:*"))))
                    .clients(it -> it.withPingInterval(NO_PING))
                    .protocols(it -> it.withTickChannel(Channel.of("market:tick")).withCable(CABLE))
                    .authenticator(Authenticator.open(Tokens.PERSONAL)))
            .build();
    gateway = new Gateway(config, delivering, new LastPayloads(), meters);
    port = gateway.start().getFirst();
  }

  TestClient client(String path) {
    return new TestClient(port, path);
  }

  void publish(String channel, String payload) {
    publish(channel, payload.getBytes(StandardCharsets.UTF_8));
  }

  void publish(String channel, byte[] payload) {
    bus.publish(List.of(Publication.of(channel, payload)));
  }

  /** The status of the answer to a request that asks for a WebSocket. */
  String status(String path, String headers) {
    try (RawClient client = new RawClient(port, 0)) {
      client.write(RawClient.upgrade(path, headers));
      return client.readHead().split(" ", 3)[1];
    }
  }

  /** Runs it on the lane whenever a new subscriber is given what a fold has. */
  void beforeSnapshot(Runnable task) {
    beforeSnapshot = task;
  }

  double metric(String name) {
    return meters.get(name).functionCounter().count();
  }

  double metricOf(String name, String tag, String value) {
    return meters.get(name).tag(tag, value).functionCounter().count();
  }

  void awaitClients(int count) {
    awaitTrue(() -> gateway.clients() == count);
  }

  /** Waits until the condition holds, at most 30 s. */
  static void awaitTrue(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within 30 s");
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    gateway.close();
    bus.close();
  }

  /** Folds that concatenate what they get, so that tests see what went in. */
  private final class LastPayloads implements Folds {

    @Override
    public Fold foldFor(String channel) {
      StringBuilder all = new StringBuilder();
      return new Fold() {
        @Override
        public void apply(byte[] payload) {
          all.append(all.isEmpty() ? "" : ",").append(new String(payload, StandardCharsets.UTF_8));
        }

        @Override
        public Optional<byte[]> snapshot() {
          beforeSnapshot.run();
          return Optional.of(("[" + all + "]").getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void reset() {
          all.setLength(0);
        }
      };
    }

    @Override
    public List<Selector> followed() {
      return List.of();
    }
  }
}
