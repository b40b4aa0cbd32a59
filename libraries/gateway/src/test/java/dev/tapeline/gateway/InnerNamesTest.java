package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.DurableRules;
import dev.tapeline.embedded.EmbeddedBus;
import dev.tapeline.protocols.cable.CableMapping;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What Redis tells its clients, and nodes each other, is read by no client of any protocol. */
class InnerNamesTest {

  private static final String NAME = "__keyevent@0__:expired";

  private final TestGateway gateway =
      new TestGateway(
          new EmbeddedBus(1000, DurableRules.of("__*"), System::currentTimeMillis),
          config -> config.protocols(it -> it.withCable(CableMapping.parse("Any={name}"))));

  @AfterEach
  void stop() {
    gateway.close();
  }

  private JsonNode ask(String path, String text) {
    TestClient client = gateway.client(path);
    int before = client.size();
    client.send(text);
    return client.awaitFrom(before, m -> m.has("id") || m.has("requestId") || m.has("rejected"));
  }

  private static String rejection(JsonNode answer) {
    return answer.path("rejected").path(0).path("code").asString("");
  }

  @Test
  void byName() {
    String all = "\"channels\":[\"%s\"]".formatted(NAME);
    assertEquals("forbidden", rejection(ask("/ws", "{\"action\":\"subscribe\"," + all + "}")));
    assertEquals(
        "forbidden", rejection(ask("/ws", "{\"action\":\"subscribe\",\"since\":0," + all + "}")));
    String one = "\"channel\":\"%s\",\"requestId\":1}".formatted(NAME);
    assertEquals(
        "forbidden", ask("/ws", "{\"action\":\"history\"," + one).path("code").asString(""));
    assertTrue(
        ask("/ws/0", "{\"method\":\"SUBSCRIBE\",\"params\":[\"%s\"],\"id\":1}".formatted(NAME))
            .has("error"));
    TestClient cable =
        new TestClient(
            gateway.port, "/cable", builder -> builder.subprotocols("actioncable-v1-json"));
    cable.send(
        "{\"command\":\"subscribe\",\"identifier\":\"{\\\"channel\\\":\\\"Any\\\",\\\"name\\\":\\\"%s\\\"}\"}"
            .formatted(NAME));
    cable.awaitType("reject_subscription");
  }

  @Test
  void byCentrifugoAndEvents() {
    TestClient client = gateway.client("/connection/websocket");
    client.send("{\"id\":1,\"connect\":{}}");
    client.send("{\"id\":2,\"subscribe\":{\"channel\":\"%s\"}}".formatted(NAME));
    assertTrue(client.await(m -> m.path("id").asInt(0) == 2).has("error"));
    client.send("{\"id\":3,\"history\":{\"channel\":\"%s\",\"limit\":1}}".formatted(NAME));
    assertTrue(client.await(m -> m.path("id").asInt(0) == 3).has("error"));
    EventClient events = new EventClient(gateway.port, "/sse?channels=" + NAME);
    assertTrue(events.status() != 200 || !rejection(events.awaitType("subscribed")).isEmpty());
  }

  @Test
  void byAPattern() {
    TestClient client = gateway.client("/ws");
    client.subscribe("\"*\"");
    for (String name : List.of(NAME, "__sentinel__:hello", "tapeline:{3}", "plain")) {
      gateway.publish(name, "{\"a\":1}");
    }
    client.await(m -> m.path("channel").asString("").equals("plain"));
    assertFalse(client.texts().stream().anyMatch(text -> text.contains("__")), client::toString);
    assertFalse(client.texts().stream().anyMatch(text -> text.contains("tapeline:{3}")));
    assertEquals("forbidden", rejection(gateway.client("/ws").subscribe("\"__keyevent@*\"")));
  }
}
