package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the gateway fails at ends one connection, which is told so. */
class FailuresTest {

  private final TestGateway gateway =
      new TestGateway(config ->
          config.protocols(it ->
              it.withOwn(
                  List.of(
                      new TestProtocol(
                          "unfinished",
                          text -> {
                            throw new IllegalStateException("not there yet");
                          })))));

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
}
