package dev.tapeline.gateway;

import static dev.tapeline.gateway.TestChannels.rule;

import dev.tapeline.embedded.EmbeddedBus;
import java.util.function.UnaryOperator;

/** A gateway whose bus and logs are late when the test says so, and one durable channel of it. */
final class LateNode implements AutoCloseable {

  /** One log more than that, and the one longest without a publication ends. */
  private static final int LOGS = 2;

  final String channel;
  final EmbeddedBus bus =
      TestChannels.bus(LOGS, rule("trade@*", 1_000), rule("option-chain:*", 1_000));
  final LateBus late = new LateBus(bus);
  final TestGateway gateway;

  LateNode(String channel) {
    this(channel, config -> config);
  }

  LateNode(String channel, UnaryOperator<GatewayConfig.Builder> change) {
    this.channel = channel;
    this.gateway = new TestGateway(bus, late, change);
  }

  LateLog log() {
    return late.log();
  }

  TestClient client() {
    return gateway.client("/ws");
  }

  /** Publishes these numbers on the channel. */
  void publish(int from, int to) {
    TestChannels.publish(gateway, channel, from, to);
  }

  /** Has the channel's log end: the next publication begins an epoch. */
  void endEpoch() {
    TestChannels.publish(gateway, "trade@other1", 1, 1);
    TestChannels.publish(gateway, "trade@other2", 1, 1);
  }

  @Override
  public void close() {
    gateway.close();
  }
}
