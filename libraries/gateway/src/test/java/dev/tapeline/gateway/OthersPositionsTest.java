package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.protocols.cable.CableMapping;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Somebody who is not u1 asks for {@code positions:u1}, a durable channel, in every way that a
 * protocol has: what is published there reaches nobody.
 */
class OthersPositionsTest {

  private static final String SECRET = "{\"order\":4711}";
  private static final String END = "{\"end\":true}";

  private final TestGateway gateway =
      new TestGateway(
          TestChannels.bus(1000, TestChannels.rule("positions:*", 1000)),
          config ->
              config.protocols(it ->
                  it.withCable(
                      CableMapping.parse("PositionsChannel=positions:{user},EndChannel=end"))));

  @AfterEach
  void stop() {
    gateway.close();
  }

  /** Publishes before and after the attack, and then what ends it. */
  private void publish() {
    gateway.publish("positions:u1", SECRET);
    gateway.publish("end", END);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"positions:u1\"",
        "\"positions:*\"",
        "\"*u1\"",
        "\"*\"",
        "{\"channel\":\"positions:u1\",\"snapshot\":true}",
        "{\"channel\":\"*\",\"snapshot\":true}",
        "{\"channel\":\"positions:u1\",\"recover\":{\"epoch\":\"%s\",\"seq\":0}}",
        "{\"channel\":\"positions:u1\",\"since\":0}",
        "{\"channel\":\"positions:u1\",\"since\":0,\"speed\":1}"
      })
  void nativeSubscriptions(String channel) {
    publish();
    try (TestClient client = gateway.client("/ws")) {
      client.subscribe(channel.formatted(epoch()), "\"end\"");
      publish();
      assertNothing(client);
    }
  }

  /** The true one, as if it had leaked. */
  private String epoch() {
    return gateway.bus.log().read("positions:u1", 0, 1).toCompletableFuture().join().top().epoch();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/ws | {\"action\":\"history\",\"channel\":\"positions:u1\"}",
        "/ws | {\"type\":\"subscribe\",\"channel\":\"positions\",\"symbol\":\"u1\"}",
        "/ws | {\"type\":\"subscribe\",\"channel\":\"positions:u1\"}",
        "/ | {\"method\":\"SUBSCRIBE\",\"params\":[\"positions:u1\"],\"id\":1}",
        "/ | {\"action\":\"subscribe\",\"channels\":[\"positions:u1\"]}",
        "/ws/0 | {\"method\":\"SUBSCRIBE\",\"params\":[\"positions:u1\",\"*\"],\"id\":1}",
        "/ws/positions:u1 | {\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":1}",
        "/stream?streams=positions:u1/* | {\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":1}",
        "/stream/ticks | {}"
      })
  void requestsOfOtherProtocols(String path, String request) {
    publish();
    try (TestClient client = gateway.client(path)) {
      client.send(request);
      client.send(end(request));
      publish();
      assertTrue(path.equals("/stream/ticks") || endIn(client));
      assertNothingIn(client.texts());
    }
  }

  private static String end(String request) {
    return request.contains("\"channel")
        ? "{\"action\":\"subscribe\",\"channels\":[{\"channel\":\"end\",\"snapshot\":true}]}"
        : "{\"method\":\"SUBSCRIBE\",\"params\":[\"end\"],\"id\":9}";
  }

  private boolean endIn(TestClient client) {
    TestGateway.awaitTrue(() -> {
      gateway.publish("end", END);
      return client.texts().stream().anyMatch(text -> text.contains("\"end\":true"));
    });
    return true;
  }

  @Test
  void actionCable() {
    publish();
    try (TestClient client =
        new TestClient(
            gateway.port, "/cable", builder -> builder.subprotocols("actioncable-v1-json"))) {
      client.send(cable("{\\\"channel\\\":\\\"PositionsChannel\\\",\\\"user\\\":\\\"u1\\\"}"));
      client.send(cable("{\\\"channel\\\":\\\"EndChannel\\\"}"));
      client.awaitType("confirm_subscription");
      publish();
      assertTrue(endIn(client));
      assertNothingIn(client.texts());
    }
  }

  private static String cable(String identifier) {
    return "{\"command\":\"subscribe\",\"identifier\":\"" + identifier + "\"}";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"subscribe\":{\"channel\":\"positions:u1\"}",
        "\"subscribe\":{\"channel\":\"positions:u1\",\"recover\":true,\"epoch\":\"%s\",\"offset\":0}",
        "\"subscribe\":{\"channel\":\"*\"}",
        "\"history\":{\"channel\":\"positions:u1\",\"limit\":100}"
      })
  void centrifugo(String command) {
    publish();
    try (TestClient client = gateway.client("/connection/websocket")) {
      client.send("{\"id\":1,\"connect\":{}}");
      client.await(m -> m.path("id").asInt() == 1);
      client.send("{\"id\":2," + command.formatted(epoch()) + "}");
      assertTrue(client.await(m -> m.path("id").asInt() == 2).has("error"));
      client.send("{\"id\":3,\"subscribe\":{\"channel\":\"end\"}}");
      client.await(m -> m.path("id").asInt() == 3);
      publish();
      assertTrue(endIn(client));
      assertNothingIn(client.texts());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"positions:u1", "positions:*", "*"})
  void serverSentEvents(String channel) {
    publish();
    try (EventClient client =
        new EventClient(gateway.port, "/sse?channels=end," + channel, "0;" + epoch() + ".0")) {
      client.awaitType("subscribed");
      publish();
      client.await(e -> e.path("data").path("end").asBoolean());
      gateway.publish("end", "{\"end\":2}");
      client.await(e -> e.path("data").path("end").asInt(0) == 2);
      assertNothingIn(client.events().stream().map(Object::toString).toList());
    }
  }

  private void assertNothing(TestClient client) {
    client.await(m -> m.path("data").path("end").asBoolean());
    gateway.publish("end", "{\"end\":2}");
    client.await(m -> m.path("data").path("end").asInt(0) == 2);
    assertNothingIn(client.texts());
  }

  private static void assertNothingIn(List<String> texts) {
    assertEquals(List.of(), texts.stream().filter(text -> text.contains("4711")).toList());
  }
}
