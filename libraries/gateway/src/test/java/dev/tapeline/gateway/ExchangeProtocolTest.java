package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.SourceStatus;
import dev.tapeline.core.admin.ConnectionReport;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code method} verbs: of exchange front ends on {@code /}, and in Binance's style. */
class ExchangeProtocolTest {

  private static final String TRADE =
      "{\"stream\":\"trade@TATA_INR\",\"data\":{ \"e\":\"trade\",\"t\":%d,\"p\":\"1000.50\"}}";

  private TestGateway gateway;

  @BeforeEach
  void start() {
    gateway = new TestGateway(config -> config);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private static String verb(String method, String... params) {
    return "{\"method\":\"%s\",\"params\":[%s],\"id\":7}"
        .formatted(method, params.length == 0 ? "" : "\"" + String.join("\",\"", params) + "\"");
  }

  private static JsonNode ask(TestClient client, String request) {
    int before = client.size();
    client.send(request);
    return client.awaitFrom(before, m -> m.has("id"));
  }

  private static boolean has(JsonNode message, String key) {
    return message.has(key);
  }

  private static void assertListed(TestClient client, int count) {
    JsonNode answer = ask(client, verb("LIST_SUBSCRIPTIONS"));
    assertEquals(count, answer.path("result").size(), answer::toString);
  }

  /**
   * Front ends and paths get no answer to a subscription: waits for the first one that is there.
   */
  private void awaitSubscribed(TestClient client, int count) throws InterruptedException {
    assertListed(client, count);
    gateway.gateway.awaitSubscriber();
  }

  @Test
  void aFrontEndGetsWhatWasPublishedAndNothingElse() throws InterruptedException {
    try (TestClient client = gateway.client("/")) {
      client.send(verb("SUBSCRIBE", "trade@TATA_INR"));
      awaitSubscribed(client, 1);
      gateway.publish("trade@TATA_INR", TRADE.formatted(1));
      client.await(m -> has(m, "stream"));
      assertEquals(TRADE.formatted(1), client.texts().getLast());
      assertEquals(2, client.size(), () -> client.texts().toString());
    }
  }

  @Test
  void aFrontEndBeginsWithTheNewestTickerButNoOldTrade() {
    gateway.publish("ticker@TATA_INR", "{\"stream\":\"ticker@TATA_INR\",\"data\":{\"c\":\"1\"}}");
    gateway.publish("trade@TATA_INR", TRADE.formatted(1));
    try (TestClient first = gateway.client("/ws")) {
      first.subscribe("\"ticker@TATA_INR\"", "\"trade@TATA_INR\"");
      gateway.publish("ticker@TATA_INR", "{\"stream\":\"ticker@TATA_INR\",\"data\":{\"c\":\"2\"}}");
      gateway.publish("trade@TATA_INR", TRADE.formatted(2));
      first.await(m -> m.path("data").path("data").path("t").asInt(0) == 2);
      try (TestClient client = gateway.client("/")) {
        client.send(verb("SUBSCRIBE", "ticker@TATA_INR", "trade@TATA_INR"));
        client.await(m -> has(m, "stream"));
        gateway.publish("trade@TATA_INR", TRADE.formatted(3));
        client.await(m -> m.path("data").path("t").asInt(0) == 3);
        assertEquals(
            List.of("2"),
            client.texts().stream()
                .map(TestClient.JSON::readTree)
                .filter(m -> m.path("stream").asString("").startsWith("ticker"))
                .map(m -> m.path("data").path("c").asString())
                .toList());
        assertTrue(client.texts().stream().noneMatch(TRADE.formatted(2)::equals));
      }
    }
  }

  @Test
  void theFirstMessageDecidesWhatIsSpoken() {
    try (TestClient client = gateway.client("/")) {
      client.subscribe("\"trade@TATA_INR\"");
      gateway.publish("trade@TATA_INR", TRADE.formatted(1));
      assertEquals(1, client.awaitType("data").path("seq").asInt());
    }
  }

  @Test
  void rawStreamsComeWithoutTheEnvelopeByteForByte() throws InterruptedException {
    try (TestClient client = gateway.client("/ws/tata_inr@trade")) {
      awaitSubscribed(client, 1);
      gateway.publish("trade@TATA_INR", TRADE.formatted(1));
      client.await(m -> has(m, "e"));
      assertEquals("{ \"e\":\"trade\",\"t\":1,\"p\":\"1000.50\"}", client.texts().getLast());
    }
  }

  @Test
  void combinedStreamsComeUnderTheNameThatTheClientUsed() throws InterruptedException {
    try (TestClient client =
        gateway.client(
            "/stream?streams=tata_inr@trade/tata_inr@depth@100ms&streams=depth@BTC_INR")) {
      awaitSubscribed(client, 3);
      gateway.publish("trade@TATA_INR", TRADE.formatted(1));
      gateway.publish("depth@TATA_INR", "{\"a\":[],\"b\":[]}");
      gateway.publish("depth@BTC_INR", "{\"a\":[]}");
      client.await(m -> m.path("stream").asString("").equals("depth@BTC_INR"));
      List<String> data = client.texts().subList(1, 4);
      assertTrue(
          data.contains(
              "{\"stream\":\"tata_inr@trade\",\"data\":{ \"e\":\"trade\",\"t\":1,\"p\":\"1000.50\"}}"),
          data::toString);
      assertTrue(
          data.contains("{\"stream\":\"tata_inr@depth@100ms\",\"data\":{\"a\":[],\"b\":[]}}"));
      assertTrue(data.contains("{\"stream\":\"depth@BTC_INR\",\"data\":{\"a\":[]}}"));
    }
  }

  @Test
  void whatStandsBehindTheSlashAndIsNoStreamMeansNothing() {
    try (TestClient client = gateway.client("/ws/0")) {
      assertTrue(ask(client, verb("SUBSCRIBE", "btcusdt@trade")).path("result").isNull());
      gateway.publish("trade@BTCUSDT", "{\"e\":\"trade\"}");
      client.await(m -> has(m, "e"));
    }
  }

  @Test
  void unsubscribingEndsTheStreamAndIsAcknowledged() throws InterruptedException {
    try (TestClient client = gateway.client("/ws/btcusdt@trade/ethusdt@trade")) {
      awaitSubscribed(client, 2);
      assertTrue(ask(client, verb("UNSUBSCRIBE", "btcusdt@trade")).path("result").isNull());
      gateway.publish("trade@BTCUSDT", "{\"e\":\"trade\",\"s\":\"BTCUSDT\"}");
      gateway.publish("trade@ETHUSDT", "{\"e\":\"trade\",\"s\":\"ETHUSDT\"}");
      assertEquals("ETHUSDT", client.await(m -> has(m, "e")).path("s").asString());
      assertListed(client, 1);
    }
  }

  @Test
  void aStreamUnderTwoNamesGoesOnUntilBothHaveEnded() throws InterruptedException {
    try (TestClient client = gateway.client("/ws/btcusdt@trade")) {
      ask(client, verb("SUBSCRIBE", "trade@BTCUSDT"));
      assertListed(client, 2);
      ask(client, verb("UNSUBSCRIBE", "btcusdt@trade"));
      assertListed(client, 1);
      gateway.publish("trade@BTCUSDT", "{\"e\":\"trade\"}");
      client.await(m -> has(m, "e"));
      ask(client, verb("UNSUBSCRIBE", "trade@BTCUSDT"));
      assertListed(client, 0);
      assertEquals(0, gateway.meters.get("tapeline.subscriptions").gauge().value());
    }
  }

  @Test
  void thePropertyChangesTheWrappingOfWhatIsSubscribed() throws InterruptedException {
    try (TestClient client = gateway.client("/ws/btcusdt@trade")) {
      awaitSubscribed(client, 1);
      client.send("{\"method\":\"GET_PROPERTY\",\"params\":[\"combined\"],\"id\":1}");
      assertFalse(client.await(m -> m.path("id").asInt(0) == 1).path("result").asBoolean());
      client.send("{\"method\":\"SET_PROPERTY\",\"params\":[\"combined\",true],\"id\":2}");
      client.await(m -> m.path("id").asInt(0) == 2);
      gateway.publish("trade@BTCUSDT", "{\"e\":\"trade\"}");
      assertEquals("btcusdt@trade", client.await(m -> has(m, "stream")).path("stream").asString());
    }
  }

  @Test
  void whatCanNotBeHadIsToldAndChangesNothing() throws InterruptedException {
    try (TestClient client = gateway.client("/ws/0")) {
      for (String bad :
          List.of(
              "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@trade\",\"a?b\"],\"id\":1}",
              "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@trade\",3],\"id\":2}",
              "{\"method\":\"SUBSCRIBE\",\"params\":[],\"id\":3}",
              "{\"method\":\"SUBSCRIBE\",\"id\":4}",
              "{\"method\":\"LEAVE\",\"id\":5}",
              "{\"method\":\"SET_PROPERTY\",\"params\":[\"speed\",1],\"id\":6}",
              "{\"method\":\"SET_PROPERTY\",\"params\":[\"combined\",1],\"id\":7}")) {
        client.send(bad);
        JsonNode id = TestClient.JSON.readTree(bad).path("id");
        JsonNode answer = client.await(m -> m.path("id").equals(id));
        assertTrue(answer.path("error").path("msg").isString(), answer::toString);
      }
      client.send("{");
      client.await(m -> m.path("error").path("code").asInt(0) == 3);
      assertListed(client, 0);
    }
  }

  @Test
  void atShutdownBinancesClientsAreToldAndFrontEndsAreNotDisturbed() throws Exception {
    try (TestClient binance = gateway.client("/stream?streams=btcusdt@trade");
        TestClient frontEnd = gateway.client("/")) {
      awaitSubscribed(binance, 1);
      frontEnd.send(verb("SUBSCRIBE", "trade@TATA_INR"));
      awaitSubscribed(frontEnd, 1);
      gateway.gateway.drain(java.time.Duration.ofMillis(200));
      assertEquals(4000, binance.awaitClose());
      assertEquals(4000, frontEnd.awaitClose());
      assertEquals(
          "serverShutdown",
          TestClient.JSON.readTree(binance.texts().getLast()).path("data").path("e").asString());
      assertEquals(1, frontEnd.size());
    }
  }

  @Test
  void aClientOfBinanceMayNameItsStreamsOnceItIsConnected() {
    try (TestClient client = gateway.client("/ws")) {
      assertTrue(ask(client, verb("SUBSCRIBE", "tata_inr@trade")).path("result").isNull());
      gateway.publish("trade@TATA_INR", TRADE.formatted(1));
      client.await(m -> has(m, "e"));
      assertEquals("{ \"e\":\"trade\",\"t\":1,\"p\":\"1000.50\"}", client.texts().getLast());
      assertListed(client, 1);
      assertTrue(ask(client, verb("UNSUBSCRIBE", "tata_inr@trade")).path("result").isNull());
      assertListed(client, 0);
    }
  }

  @Test
  void onOnePathTheFirstObjectDecidesForEachClient() throws InterruptedException {
    gateway.gateway.status(new SourceStatus("market", "simulated", 1));
    try (TestClient nativeClient = gateway.client("/ws");
        TestClient binance = gateway.client("/ws")) {
      nativeClient.awaitType("status");
      nativeClient.send("no object");
      assertEquals("bad_json", nativeClient.awaitType("error").path("code").asString());
      nativeClient.subscribe("\"a\"");
      nativeClient.send(verb("SUBSCRIBE", "btcusdt@trade"));
      nativeClient.await(m -> m.path("message").asString("").contains("\"action\" is missing"));
      assertTrue(ask(binance, verb("SUBSCRIBE", "btcusdt@trade")).path("result").isNull());
      binance.send("{\"action\":\"ping\"}");
      binance.await(m -> m.path("error").path("code").asInt(0) == 2);
      assertEquals(
          List.of("binance", "native"),
          gateway.gateway.administration().connections().toCompletableFuture().join().stream()
              .map(ConnectionReport::protocol)
              .sorted()
              .toList());
    }
  }

  @Test
  void ofTooManyStreamsInAPathTheFirstOnesComeAndTheOthersAreNamed() {
    List<String> names = IntStream.range(0, 53).mapToObj(i -> "s" + i + "@trade").toList();
    String all = String.join("/", names);
    for (String path : List.of("/stream?streams=" + all, "/ws/" + all)) {
      try (TestClient client = gateway.client(path)) {
        assertEquals(
            "Invalid request: at most 50 channels a client: s50@trade, s51@trade, s52@trade",
            client.await(m -> has(m, "error")).path("error").path("msg").asString());
        assertListed(client, 50);
        TestGateway.awaitTrue(() -> {
          gateway.publish("trade@S49", "{\"e\":\"trade\"}");
          return client.texts().getLast().contains("\"e\"");
        });
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "btcusdt@depth20@100ms",
        "btcusdt@depth5",
        "btcusdt@aggTrade",
        "btcusdt@kline_1m",
        "btcusdt@ticker_1h",
        "btcusdt@bookTicker",
        "btcusdt@",
        "!ticker@arr",
        "!bookTicker"
      })
  void streamsOfBinanceThatAreNotHereAreAnError(String name) throws InterruptedException {
    String why =
        "Invalid request: there is no such stream, only SYMBOL@trade, SYMBOL@depth and SYMBOL@ticker: ";
    try (TestClient combined = gateway.client("/stream?streams=btcusdt@trade/" + name);
        TestClient frontEnd = gateway.client("/");
        TestClient raw = gateway.client("/ws")) {
      assertEquals(
          why + name, combined.await(m -> has(m, "error")).path("error").path("msg").asString());
      assertListed(combined, 1);
      for (TestClient client : List.of(frontEnd, raw)) {
        JsonNode answer = ask(client, verb("SUBSCRIBE", name, "btcusdt@trade"));
        assertEquals(why + name, answer.path("error").path("msg").asString());
        assertEquals(7, answer.path("id").asInt());
        assertListed(client, 0);
      }
    }
  }

  @Test
  void aRequestsNumberComesBackAsItWasSent() {
    try (TestClient client = gateway.client("/ws/0")) {
      for (String id : List.of("1e400", "1.0", "-0", "\"\\ud800\"", "{ \"a\" : [1e5] }", "null")) {
        int before = client.size();
        client.send("{\"id\":" + id + ",\"method\":\"LIST_SUBSCRIPTIONS\"}");
        client.awaitFrom(before, m -> has(m, "result"));
        assertEquals("{\"result\":[],\"id\":" + id + "}", client.texts().getLast());
        client.send("{\"id\":" + id + ",\"method\":\"LEAVE\"}");
        client.awaitFrom(before + 1, m -> has(m, "error"));
        assertTrue(client.texts().getLast().endsWith(",\"id\":" + id + "}"));
      }
    }
  }
}
