package dev.tapeline.gateway;

import static java.util.Comparator.comparing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class NativeProtocolTest extends ConnectedTest {

  @Test
  void subscribedClientGetsEachPublicationNumberedInOrder() {
    JsonNode answer = client.subscribe("\"trade@X\"");
    assertEquals(0, answer.at("/channels/0/seq").asLong(-1));
    assertEquals("all", answer.at("/channels/0/mode").asString());
    IntStream.rangeClosed(1, 500).forEach(i -> gateway.publish("trade@X", "{\"n\":" + i + "}"));
    client.await(m -> m.path("seq").asLong(0) == 500);
    assertEquals(
        LongStream.rangeClosed(1, 500)
            .mapToObj(i ->
                "{\"type\":\"data\",\"channel\":\"trade@X\",\"seq\":%d,\"data\":{\"n\":%d}}"
                    .formatted(i, i))
            .toList(),
        client.texts().subList(1, 501));
  }

  @Test
  void bytesOfDataLeaveAsTheyCame() {
    client.subscribe("\"a\"");
    gateway.publish("a", "{ \"p\" :1.50e0,\n\t\"s\":\"\\u00e9é\" }");
    assertTrue(textOf(1).endsWith("\"data\":{ \"p\" :1.50e0,\n\t\"s\":\"\\u00e9é\" }}"), textOf(1));
  }

  @Test
  void whatIsNotJsonComesAsAStringWithItsEncoding() {
    client.subscribe("\"a\"");
    gateway.publish("a", "hello \"world\"\n");
    gateway.publish("a", new byte[] {(byte) 0xff, 0, 1});
    client.await(m -> m.path("seq").asLong(0) == 2);
    JsonNode text = TestClient.JSON.readTree(client.texts().get(1));
    assertEquals("text", text.path("encoding").asString());
    assertEquals("hello \"world\"\n", text.path("data").asString());
    JsonNode binary = TestClient.JSON.readTree(client.texts().get(2));
    assertEquals("base64", binary.path("encoding").asString());
    assertEquals("/wAB", binary.path("data").asString());
  }

  @Test
  void patternsAnnounceTheChannelOnceAndDeliverOnce() {
    client.subscribe("\"m:*\"", "\"*:x\"", "\"m:y\"");
    gateway.publish("m:x", "1");
    gateway.publish("m:x", "2");
    gateway.publish("m:y", "3");
    client.await(m -> m.path("data").asInt(0) == 3);
    client.await(m -> m.path("data").asInt(0) == 2);
    List<JsonNode> data = // of two channels, which come in any order
        client.ofType("data").stream()
            .sorted(comparing(m -> m.path("channel").asString()))
            .toList();
    assertEquals(List.of(1, 2, 3), data.stream().map(m -> m.path("data").asInt()).toList());
    assertEquals("m:*", data.get(0).path("pattern").asString());
    assertFalse(data.get(0).path("epoch").asString().isEmpty());
    assertTrue(data.get(1).path("pattern").isMissingNode());
    assertTrue(data.get(2).path("pattern").isMissingNode());
  }

  @Test
  void snapshotIsTheNewestAndLiveGoesOnBehindIt() {
    client.subscribe("\"market:tick:*\"");
    gateway.publish("market:tick:A", "1");
    gateway.publish("market:tick:A", "2");
    client.await(m -> m.path("data").asInt(0) == 2);
    try (TestClient second = gateway.client("/ws")) {
      JsonNode answer = second.subscribe("{\"channel\":\"market:tick:A\",\"snapshot\":true}");
      assertEquals(2, answer.at("/channels/0/seq").asLong());
      JsonNode snapshot = second.awaitType("snapshot");
      assertEquals(2, snapshot.path("seq").asLong());
      assertEquals(2, snapshot.path("data").asInt());
      gateway.publish("market:tick:A", "3");
      assertEquals(3, second.awaitType("data").path("seq").asLong());
    }
  }

  @Test
  void firstSubscriberGetsTheValueFromBeforeAsSnapshot() {
    gateway.publish("market:tick:B", "7");
    client.subscribe("{\"channel\":\"market:tick:B\",\"snapshot\":true}");
    JsonNode snapshot = client.awaitType("snapshot");
    assertEquals(0, snapshot.path("seq").asLong(-1));
    assertEquals(7, snapshot.path("data").asInt());
  }

  @Test
  void latestWithARateEndsAtTheNewestAndItsMergesAddUp() {
    client.subscribe("{\"channel\":\"market:tick:A\",\"mode\":\"latest\",\"maxRate\":20}");
    IntStream.rangeClosed(1, 2000).forEach(i -> gateway.publish("market:tick:A", "" + i));
    client.await(m -> m.path("seq").asLong(0) == 2000);
    long covered = 0;
    long next = 1;
    for (JsonNode frame : client.ofType("data")) {
      long merged = frame.path("merged").asLong(1);
      assertEquals(next, frame.path("from").asLong(frame.path("seq").asLong()));
      assertEquals(frame.path("seq").asLong(), frame.path("data").asLong());
      covered += merged;
      next = frame.path("seq").asLong() + 1;
    }
    assertEquals(2000, covered);
    assertTrue(client.ofType("data").size() < 100);
  }

  @Test
  void latestIsRefusedWhereEachPublicationCounts() {
    JsonNode answer = client.subscribe("{\"channel\":\"trade@X\",\"mode\":\"latest\"}", "\"ok\"");
    assertEquals("mode", answer.at("/rejected/0/code").asString());
    assertEquals("ok", answer.at("/channels/0/channel").asString());
  }

  @Test
  void limitsAreAnsweredChannelByChannel() {
    String[] many = IntStream.range(0, 60).mapToObj(i -> "\"c" + i + "\"").toArray(String[]::new);
    JsonNode answer = client.subscribe(many);
    assertEquals(50, answer.path("channels").size());
    assertEquals(10, answer.path("rejected").size());
    assertEquals("limit", answer.at("/rejected/0/code").asString());
    assertEquals("c50", answer.at("/rejected/0/channel").asString());
  }

  @Test
  void unsubscribedClientGetsNothingMore() {
    client.subscribe("\"a\"", "\"b\"");
    client.send("{\"action\":\"unsubscribe\",\"channels\":[\"a\",\"z\"],\"requestId\":9}");
    JsonNode answer = client.awaitType("unsubscribed");
    assertEquals(9, answer.path("requestId").asInt());
    assertEquals("not_subscribed", answer.at("/rejected/0/code").asString());
    gateway.publish("a", "1");
    gateway.publish("b", "2");
    assertEquals("b", client.awaitType("data").path("channel").asString());
  }

  @Test
  void stampsComeOnRequest() {
    client.subscribe("{\"channel\":\"a\",\"stamps\":true}");
    gateway.publish("a", "1");
    assertTrue(client.awaitType("data").at("/ts/gateway").asLong() > 1_700_000_000_000L);
  }

  @Test
  void olderFormAnswersAsUpdate() {
    client.send(
        "{\"type\":\"subscribe\",\"channel\":\"option-chain\",\"symbol\":\"NIFTY\",\"expiry\":\"2025-11-28\"}");
    client.awaitType("subscribed");
    gateway.publish("option-chain:NIFTY:2025-11-28", "{\"pcr\":1.05}");
    JsonNode update = client.awaitType("update");
    assertEquals("option-chain:NIFTY:2025-11-28", update.path("channel").asString());
    assertEquals(1.05, update.at("/data/pcr").asDouble());
    assertTrue(update.path("timestamp").asLong() > 0);
  }

  @Test
  void tickStreamNeedsNoSubscription() {
    try (TestClient ticks = gateway.client("/stream/ticks")) {
      TestGateway.awaitTrue(() -> {
        gateway.publish("market:tick", "{\"symbol\":\"NIFTY\"}");
        return ticks.size() > 0;
      });
      assertEquals("{\"symbol\":\"NIFTY\"}", ticks.texts().getFirst());
    }
  }

  @Test
  void badMessagesAreAnsweredAndChangeNothing() {
    client.subscribe("\"a\"");
    for (String bad :
        List.of(
            "{",
            "[]",
            "{}",
            "{\"action\":5}",
            "{\"action\":\"fly\"}",
            "{\"action\":\"subscribe\"}",
            "{\"action\":\"subscribe\",\"channels\":\"a\"}")) {
      int before = client.size();
      client.send(bad);
      JsonNode error = client.awaitFrom(before, m -> true);
      assertEquals("error", error.path("type").asString(), bad);
      assertFalse(error.path("message").asString().isEmpty());
    }
    gateway.publish("a", "1");
    assertEquals(1, client.awaitType("data").path("seq").asLong());
  }

  @Test
  void absurdChannelNamesAreRejectedOneByOne() {
    JsonNode answer =
        client.subscribe(
            "\"\"",
            "\"a\\nb\"",
            "\"a?b\"",
            "\"" + "x".repeat(10_000) + "\"",
            "7",
            "{\"channel\":\"a\",\"maxRate\":5}",
            "{\"channel\":\"a\",\"colour\":1}",
            "\"good\"");
    assertEquals(7, answer.path("rejected").size());
    assertEquals("good", answer.at("/channels/0/channel").asString());
    assertEquals(1, answer.path("channels").size());
    String bytes = answer.toString();
    assertTrue(bytes.getBytes(StandardCharsets.UTF_8).length < 3000, bytes);
  }

  @Test
  void unmaskedBinaryAndOversizedMessagesEndTheConnectionWithACode() {
    client.sendBinary(new byte[] {1});
    assertEquals(1003, client.awaitClose());
    try (TestClient large = gateway.client("/ws")) {
      large.send("x".repeat(300_000));
      assertEquals(1009, large.awaitClose());
    }
  }

  @Test
  void fragmentedMessagesAreJoined() {
    client.sendPart("{\"action\":\"pi", false);
    client.sendPart("ng\",\"requestId\":\"r\"}", true);
    assertEquals("r", client.awaitType("pong").path("requestId").asString());
  }

  @Test
  void messagesOverTheRateAreAnsweredAndThrownAway() {
    IntStream.range(0, 90).forEach(i -> client.send("{\"action\":\"ping\"}"));
    assertEquals("rate_limited", client.awaitType("error").path("code").asString());
    assertTrue(client.ofType("pong").size() >= 70);
  }

  private String textOf(int index) {
    client.await(m -> client.size() > index);
    return client.texts().get(index);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e400",
        "1.0",
        "-0",
        "12345678901234567890123",
        "\"\\ud800\"",
        "\"\\ud83d\\ude00 \ud83d\ude00\"",
        "{ \"a\" : [1e5, 1E5] }",
        "null"
      })
  void aRequestIdComesBackAsItWasSent(String id) {
    for (String rest :
        List.of(
            "\"action\":\"ping\"",
            "\"action\":\"subscribe\",\"channels\":[\"a\"]",
            "\"action\":\"subscribe\",\"channels\":[]",
            "\"action\":\"unsubscribe\",\"channels\":[\"a\"]",
            "\"action\":\"history\",\"channel\":\"a\"",
            "\"action\":\"leave\"")) {
      int before = client.size();
      client.send("{\"requestId\":" + id + "," + rest + "}");
      client.awaitFrom(before, m -> m.has("requestId"));
      assertTrue(
          client.texts().getLast().contains("\"requestId\":" + id), client.texts()::toString);
    }
  }

  /** UTF-8 has no bytes for half a pair, JSON has a way to write it. */
  @Test
  void aNameThatIsRefusedComesBackAsItWasSent() {
    String emoji = "\ud83d\ude00";
    client.subscribe("\"\\ud800\"", "\"" + "x".repeat(79) + emoji + "?\"");
    String answer = client.texts().getLast();
    assertTrue(answer.contains("\"channel\":\"\\ud800\""), answer);
    assertTrue(answer.contains("\"channel\":\"" + "x".repeat(79) + "…\""), answer);
  }

  /** Browsers have no other. */
  @ParameterizedTest
  @ValueSource(strings = {"/ws", "/", "/ws/btcusdt@trade", "/stream?streams=btcusdt@trade"})
  void aTextPingIsAnsweredAndNoOffence(String path) {
    try (TestGateway lenient =
            new TestGateway(config -> config.clients(it -> it.withRateBurst(1_000)));
        RawClient page = RawClient.upgraded(lenient.port, path, 0)) {
      for (int i = 0; i < 150; i++) {
        page.send("ping");
        assertEquals("pong", page.read());
      }
      assertEquals(0, lenient.metricOf("tapeline.dropped", "reason", "bad_message"));
      page.send("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":1}");
      assertTrue(page.read().startsWith("{\"result\":["));
      page.send("ping");
      assertEquals("pong", page.read());
    }
  }
}
