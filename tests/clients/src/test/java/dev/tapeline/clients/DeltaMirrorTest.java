package dev.tapeline.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.server.compose.LiveServer;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A mirror of deltas, written from the docs. */
@ExtendWith(WithNode.class)
@Timeout(240)
class DeltaMirrorTest {

  private static LiveServer server;
  private NodeClient client;

  @BeforeAll
  static void startServer() {
    server = LiveServer.simulated();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void start() {
    client = NodeClient.start("mirror", server.ws("/ws"));
  }

  @AfterEach
  void stop() {
    client.close();
  }

  private void mirror(String channel) {
    client.send("mirror", channel);
    client.await("subscribed");
    client.await("subscribed");
  }

  private boolean awaitRight() {
    return client.await("checked").path("right").asBoolean();
  }

  /** Waits until a number has been compared; returns the result. */
  private boolean awaitSame(int seq) {
    JsonNode compared = client.await("compared");
    while (compared.path("seq").asInt() != seq) {
      compared = client.await("compared");
    }
    return compared.path("same").asBoolean();
  }

  private List<JsonNode> allThat(String event, String fact) {
    return client.all(event).stream().filter(one -> one.path(fact).asBoolean()).toList();
  }

  private void assertNothingDiffers() {
    assertEquals(client.all("checked"), allThat("checked", "right"));
    assertEquals(client.all("compared"), allThat("compared", "same"));
  }

  @Test
  void theSimulatedMarketIsMirrored() {
    mirror("market:tick:*");
    for (int i = 0; i < 5; i++) {
      assertTrue(awaitRight());
    }
    assertNothingDiffers();
    assertTrue(client.all("compared").size() > 32);
  }

  @Test
  void everyKindOfChangeIsMirrored() {
    mirror("indicators:RANDOM");
    ChangingValue value = new ChangingValue(7);
    for (int n = 1; n <= 200; n++) {
      server.publish("indicators:RANDOM", value.next());
    }
    assertTrue(awaitSame(200));
    assertNothingDiffers();
    assertTrue(client.all("changed").size() > 150);
    assertEquals(client.all("changed").size() / 32, client.all("checked").size());
  }

  /** JavaScript orders such names by value, whatever order they come in. */
  @Test
  void namesThatLookLikeIntegersAreMirrored() {
    mirror("option-chain:STRIKES:2025-11-28");
    List<String> names =
        List.of("10000", "9900", "100", "-1", "01", "4294967295", "1e3", "__proto__", "");
    for (int n = 1; n <= 70; n++) {
      server.publish("option-chain:STRIKES:2025-11-28", strikes(names, n));
    }
    assertTrue(awaitSame(70));
    assertNothingDiffers();
    assertEquals(client.all("changed").size() / 32, client.all("checked").size());
    assertTrue(client.all("changed").size() > 64);
  }

  private static String strikes(List<String> names, int n) {
    return names.stream()
        .map(name ->
            "\"%s\":{\"ce\":{\"ltp\":%d.5},\"pe\":{\"ltp\":12.25,\"iv\":0.2}}"
                .formatted(name, n % names.size() == names.indexOf(name) ? n : 0))
        .collect(Collectors.joining(",", "{", "}"));
  }

  @Test
  void aLostChangeShowsInTheNextChecksumAndSubscribingAgainMendsIt() {
    mirror("indicators:LOST");
    publish(1, 5, "before");
    assertTrue(awaitSame(5));
    client.send("lose", "");
    client.await("losing");
    publish(6, 40, "after"); // it changes once
    assertFalse(awaitRight());
    assertFalse(awaitSame(40));
    client.send("again", "");
    client.await("subscribed");
    publish(41, 70, "after");
    assertTrue(awaitRight());
    assertTrue(awaitSame(70));
  }

  private static void publish(int from, int to, String phase) {
    for (int n = from; n <= to; n++) {
      server.publish(
          "indicators:LOST",
          "{\"n\":%d,\"phase\":\"%s\",\"filler\":\"It stays as it is.\"}".formatted(n, phase));
    }
  }
}
