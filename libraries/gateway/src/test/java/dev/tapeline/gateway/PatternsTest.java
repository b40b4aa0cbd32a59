package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** One cursor a channel, however many of a client's subscriptions match it. */
class PatternsTest extends ConnectedTest {

  @Test
  void endingOneOfSeveralSubscriptionsLeavesTheOthers() {
    client.subscribe("\"market:tick:*\"", "\"market:tick:X\"", "\"market:*\"");
    publishAndAwait(1);
    unsubscribe("market:tick:X");
    publishAndAwait(2);
    unsubscribe("market:tick:*");
    publishAndAwait(3);
    unsubscribe("market:*");
    publish("market:tick:X", 4);
    client.subscribe("\"end\"");
    publish("end", 5);
    client.await(m -> m.path("data").asInt(0) == 5);
    assertEquals(List.of(1, 2, 3, 5), data());
  }

  @Test
  void channelThatAnotherClientHasAskedForBeforeItsFirstPublicationIsMatchedToo() {
    client.subscribe("\"market:*\"");
    try (TestClient other = gateway.client("/ws")) {
      other.subscribe("\"market:tick:X\"");
      publish("market:tick:X", 1);
      other.awaitType("data");
      JsonNode frame = client.awaitType("data");
      assertEquals(1, frame.path("seq").asLong());
      assertEquals("market:*", frame.path("pattern").asString());
    }
  }

  @Test
  void exactOptionsWinOverThePatterns() {
    client.subscribe("\"market:tick:*\"", "{\"channel\":\"market:tick:X\",\"stamps\":true}");
    publish("market:tick:X", 1);
    publish("market:tick:Y", 2);
    assertTrue(client.await(m -> m.path("data").asInt(0) == 1).has("ts"));
    assertFalse(client.await(m -> m.path("data").asInt(0) == 2).has("ts"));
    assertEquals(2, client.ofType("data").size());
  }

  @Test
  void patternWithSnapshotBeginsWithTheValuesThatAreThere() {
    publish("market:tick:A", 1);
    publish("market:tick:B", 2);
    client.subscribe("{\"channel\":\"market:tick:*\",\"snapshot\":true}");
    TestGateway.awaitTrue(() -> client.ofType("snapshot").size() == 2);
    assertEquals(
        List.of(1, 2),
        client.ofType("snapshot").stream().map(m -> m.path("data").asInt()).sorted().toList());
    assertEquals("market:tick:*", client.ofType("snapshot").getFirst().path("pattern").asString());
    publish("market:tick:A", 3);
    JsonNode live = client.awaitType("data");
    assertEquals(1, live.path("seq").asLong());
    assertTrue(live.path("pattern").isMissingNode());
  }

  @Test
  void subscribingAgainChangesTheOptionsAndKeepsThePlace() {
    client.subscribe("\"market:tick:X\"");
    publish("market:tick:X", 1);
    client.awaitType("data");
    JsonNode again =
        client.subscribe("{\"channel\":\"market:tick:X\",\"mode\":\"latest\",\"maxRate\":50}");
    assertEquals("latest", again.at("/channels/0/mode").asString());
    assertEquals(1, again.at("/channels/0/seq").asLong());
    publish("market:tick:X", 2);
    client.await(m -> m.path("data").asInt(0) == 2);
    client.subscribe("\"market:tick:X\"");
    publish("market:tick:X", 3);
    client.await(m -> m.path("data").asInt(0) == 3);
    assertEquals(List.of(1, 2, 3), data());
  }

  @Test
  void channelsBeyondTheLimitGiveWayToNewerOnesAndComeBackUnderANewEpoch() {
    try (TestGateway small = new TestGateway(config -> config.hub(it -> it.maxChannels(50)));
        TestClient wide = small.client("/ws")) {
      wide.subscribe("\"c:*\"");
      for (int i = 0; i < 200; i++) {
        small.publish("c:" + i, "" + i);
      }
      wide.await(m -> m.path("channel").asString("").equals("c:199"));
      assertTrue(small.meters.get("tapeline.channels").gauge().value() <= 50);
      assertTrue(small.metric("tapeline.rings.evicted") >= 150);
      small.publish("c:0", "\"again\"");
      JsonNode again = wide.await(m -> m.path("data").asString("").equals("again"));
      assertEquals("c:*", again.path("pattern").asString());
      assertEquals(1, again.path("seq").asLong());
    }
  }

  @Test
  void patternsBeyondWhatANodeMayHaveAreRefusedUnlessAnotherClientHasThem() {
    try (TestGateway small = new TestGateway(config -> config.hub(it -> it.maxPatterns(3)));
        TestClient first = small.client("/ws");
        TestClient second = small.client("/ws")) {
      first.subscribe("\"a:*\"", "\"b:*\"");
      JsonNode answer = second.subscribe("\"a:*\"", "\"c:*\"", "\"d:*\"", "\"e\"");
      assertEquals(3, answer.path("channels").size());
      assertEquals("limit", answer.at("/rejected/0/code").asString());
      assertTrue(answer.at("/rejected/0/message").asString().contains("3 different patterns"));
      assertEquals(1, small.metric("tapeline.patterns.refused"));
      assertEquals(3, small.meters.get("tapeline.patterns").gauge().value());
      first.close();
      TestGateway.awaitTrue(() -> small.meters.get("tapeline.patterns").gauge().value() == 2);
      assertEquals(1, second.subscribe("\"d:*\"").path("channels").size());
    }
  }

  @Test
  void channelsBeyondWhatPatternsMayOpenAreToldOnceAndDoNotCome() {
    try (TestGateway small = new TestGateway(config -> config.hub(it -> it.maxPatternChannels(3)));
        TestClient wide = small.client("/ws")) {
      wide.subscribe("\"c:*\"", "\"c:9\"");
      for (int i = 0; i < 10; i++) {
        small.publish("c:" + i, "" + i);
      }
      TestGateway.awaitTrue(() -> small.metric("tapeline.matches.refused") == 6);
      TestGateway.awaitTrue(() -> sortedData(wide).size() == 4);
      assertEquals(List.of(0, 1, 2, 9), sortedData(wide));
      assertEquals(1, wide.ofType("error").size());
      assertEquals("too_many_matches", wide.awaitType("error").path("code").asString());
      small.publish("c:2", "22");
      wide.await(m -> m.path("data").asInt(0) == 22);
    }
  }

  @Test
  void channelsThatAreThereBeforeAPatternCountToo() {
    try (TestGateway small = new TestGateway(config -> config.hub(it -> it.maxPatternChannels(3)));
        TestClient first = small.client("/ws");
        TestClient wide = small.client("/ws")) {
      first.subscribe("\"c:1\"", "\"c:2\"", "\"c:3\"", "\"c:4\"", "\"c:5\"");
      int refused = 0;
      for (int told = 1; told <= 2; told++) {
        wide.subscribe("\"c:*\"");
        int errors = told;
        TestGateway.awaitTrue(() -> wide.ofType("error").size() == errors);
        refused += 2;
        assertEquals(refused, small.metric("tapeline.matches.refused"));
        wide.send("{\"action\":\"unsubscribe\",\"channels\":[\"c:*\"]}");
      }
    }
  }

  private static List<Integer> sortedData(TestClient client) {
    return client.ofType("data").stream().map(m -> m.path("data").asInt(-1)).sorted().toList();
  }

  private void publishAndAwait(int number) {
    publish("market:tick:X", number);
    client.await(m -> m.path("data").asInt(0) == number);
  }

  private void publish(String channel, int number) {
    gateway.publish(channel, String.valueOf(number));
  }

  private void unsubscribe(String selector) {
    int before = client.size();
    client.send("{\"action\":\"unsubscribe\",\"channels\":[\"" + selector + "\"]}");
    client.awaitFrom(before, m -> m.path("type").asString("").equals("unsubscribed"));
  }

  private List<Integer> data() {
    return client.ofType("data").stream().map(m -> m.path("data").asInt()).toList();
  }
}
