package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.gateway.hub.Session;
import dev.tapeline.gateway.hub.SourceStatus;
import dev.tapeline.gateway.protocol.Conversation;
import dev.tapeline.gateway.protocol.Entitlement;
import dev.tapeline.gateway.protocol.Opening;
import dev.tapeline.gateway.protocol.Protocol;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the gateway fails at ends one connection, which is told so. */
class FailuresTest {

  private final TestGateway gateway =
      new TestGateway(config -> config.protocols(List.of(new Unfinished())));

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void aFailureEndsItsOwnConnectionOnly() {
    try (TestClient other = gateway.client("/ws");
        TestClient client = gateway.client("/unfinished")) {
      client.send("anything");
      assertEquals(1011, client.awaitClose());
      assertEquals(1, gateway.metricOf("tapeline.connections.closed", "code", "1011"));
      other.subscribe("\"a\"");
      gateway.publish("a", "1");
      other.await(message -> message.path("channel").asString("").equals("a"));
    }
  }

  /** A protocol of an embedding program that can't do anything yet. */
  private static final class Unfinished implements Protocol {

    @Override
    public String name() {
      return "unfinished";
    }

    @Override
    public boolean serves(String path) {
      return path.equals("/unfinished");
    }

    @Override
    public Conversation begin(Session session, Opening opening, Entitlement entitlement) {
      return new Conversation() {
        @Override
        public boolean onText(String text) {
          throw new IllegalStateException("not there yet");
        }

        @Override
        public void onStatus(SourceStatus status) {}

        @Override
        public void onRateExceeded(int ratePerSecond) {}

        @Override
        public void onReconnect(long afterMillis) {}
      };
    }
  }
}
