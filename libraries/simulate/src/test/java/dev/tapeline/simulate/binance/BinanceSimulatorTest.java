package dev.tapeline.simulate.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.simulate.DeafSocket;
import dev.tapeline.simulate.Http;
import dev.tapeline.simulate.Scripted;
import dev.tapeline.simulate.TestSocket;
import dev.tapeline.simulate.market.ScriptedSource;
import dev.tapeline.simulate.net.Fault;
import dev.tapeline.simulate.net.FaultKind;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BinanceSimulatorTest {

  private final ScriptedSource market = Scripted.source();
  private BinanceSimulator simulator = start(options());

  private BinanceOptions options() {
    return BinanceOptions.of(Scripted.options(market));
  }

  private BinanceSimulator start(BinanceOptions options) {
    BinanceSimulator started = BinanceSimulator.start(options);
    market.tell(
        Scripted.open(Scripted.BITCOIN, "60000"),
        Scripted.snapshot(
            Scripted.BITCOIN,
            10,
            List.of(Level.of("61000.1", "0.5"), Level.of("61000.0", "1")),
            List.of(Level.of("61000.2", "0.25"))),
        trade(1));
    started.control().state();
    return started;
  }

  private void restart(BinanceOptions options) {
    simulator.close();
    simulator = start(options);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void theStateHasPricesByTheKeysOfTheFeed() {
    JsonNode prices = simulator.control().state().path("last_prices");
    assertEquals("{\"BINANCE:BTCUSDT\":\"61000.2\"}", prices.toString());
  }

  private static Tick trade(long id) {
    return Scripted.trade(Scripted.BITCOIN, id, "61000.2", "0.003");
  }

  private void tell(Tick... ticks) {
    market.tell(ticks);
    simulator.control().state();
  }

  private TestSocket open(String path) {
    return TestSocket.open(simulator.port(), path);
  }

  private Http http() {
    return new Http(simulator.port());
  }

  @Test
  void tellsTradesAsBinanceDoes() {
    try (TestSocket client = open("/ws/btcusdt@trade")) {
      tell(trade(2));
      assertEquals(
          "{\"e\":\"trade\",\"E\":1753417800000,\"s\":\"BTCUSDT\",\"t\":2,\"p\":\"61000.20000000\","
              + "\"q\":\"0.00300000\",\"T\":1753417800000,\"m\":false,\"M\":true}",
          client.nextText());
    }
  }

  @Test
  void combinedStreamsComeWithTheirNames() {
    try (TestSocket client = open("/stream?streams=btcusdt@trade/btcusdt@aggTrade")) {
      tell(trade(2));
      assertEquals("btcusdt@trade", client.next().path("stream").asString());
      JsonNode second = client.next();
      assertEquals("btcusdt@aggTrade", second.path("stream").asString());
      assertEquals(2, second.at("/data/a").asInt());
    }
  }

  @Test
  void timesMayBeInMicroseconds() {
    try (TestSocket client = open("/ws/btcusdt@trade?timeUnit=MICROSECOND")) {
      tell(trade(2));
      JsonNode trade = client.next();
      assertEquals(1_753_417_800_000_000L, trade.path("E").asLong());
      assertEquals(2, trade.path("t").asInt());
    }
  }

  @Test
  void answersRequestsAndRefusesWhatMeansNothing() {
    restart(
        new BinanceOptions(
            options().common(), Duration.ofSeconds(20), Duration.ofMinutes(1), 100, 6000));
    try (TestSocket client = open("/ws/0")) {
      assertAnswer(
          client,
          "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@depth@100ms\"],\"id\":1}",
          "{\"result\":null,\"id\":1}");
      assertAnswer(
          client,
          "{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":\"a\"}",
          "{\"result\":[\"btcusdt@depth@100ms\"],\"id\":\"a\"}");
      assertAnswer(
          client,
          "{\"method\":\"GET_PROPERTY\",\"params\":[\"combined\"],\"id\":2}",
          "{\"result\":false,\"id\":2}");
      assertAnswer(
          client,
          "{\"method\":\"SET_PROPERTY\",\"params\":[\"combined\",true],\"id\":3}",
          "{\"result\":null,\"id\":3}");
      assertAnswer(
          client,
          "{\"method\":\"UNSUBSCRIBE\",\"params\":[\"btcusdt@depth@100ms\"],\"id\":null}",
          "{\"result\":null,\"id\":null}");
      assertCode(client, "{\"method\":\"SET_PROPERTY\",\"params\":[\"colour\",1]}", 0);
      assertCode(client, "{\"method\":\"SET_PROPERTY\",\"params\":[\"combined\",1]}", 1);
      assertCode(client, "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@nothing\"]}", 2);
      assertCode(client, "{\"method\":\"SUBSCRIBE\",\"params\":[]}", 2);
      assertCode(client, "{\"method\":\"SHOUT\"}", 2);
      assertCode(client, "{\"method\":\"SUBSCRIBE\",\"id\":{}}", 2);
      assertCode(client, "nonsense", 3);
      String many =
          IntStream.range(0, 1025)
              .mapToObj(i -> "\"a%d@trade\"".formatted(i))
              .collect(Collectors.joining(","));
      assertCode(client, "{\"method\":\"SUBSCRIBE\",\"params\":[" + many + "]}", 2);
    }
  }

  private static void assertAnswer(TestSocket client, String request, String answer) {
    client.send(request);
    assertEquals(answer, client.nextText());
  }

  private static void assertCode(TestSocket client, String request, int code) {
    client.send(request);
    assertEquals(code, client.next().path("code").asInt(-1));
  }

  @Test
  void tooManyMessagesEndTheSocket() {
    try (TestSocket client = open("/ws")) {
      for (int i = 0; i < 6; i++) { // five a second are allowed
        client.send("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":1}");
      }
      client.assertEnds(1008);
    }
  }

  @Test
  void pingsTheClient() {
    restart(options().withPings(Duration.ofMillis(50), Duration.ofMinutes(1)));
    try (TestSocket client = open("/ws")) {
      assertEquals("1753417800000", new String(client.awaitPing(), StandardCharsets.US_ASCII));
    }
  }

  @Test
  void aClientThatAnswersNoPingLosesItsSocket() throws IOException {
    restart(options().withPings(Duration.ofMillis(50), Duration.ofMillis(200)));
    try (DeafSocket deaf = DeafSocket.open(simulator.port(), "/ws")) {
      assertTrue(deaf.awaitEnd() > 0, "it was sent pings before");
    }
  }

  @Test
  void changesOfTheBookJoinTheSnapshot() {
    try (TestSocket client = open("/ws/btcusdt@depth@100ms")) {
      tell(Scripted.change(Scripted.BITCOIN, 11, 11, List.of(Level.of("60999", "1")), List.of()));
      client.next(message -> message.path("u").asInt() == 11);
      JsonNode snapshot = Http.json(http().get("/api/v3/depth?symbol=BTCUSDT&limit=1000"));
      assertEquals(11, snapshot.path("lastUpdateId").asInt());
      assertEquals("[\"61000.10000000\",\"0.50000000\"]", snapshot.at("/bids/0").toString());
      tell(Scripted.change(Scripted.BITCOIN, 12, 12, List.of(Level.of("61000.1", "0")), List.of()));
      JsonNode change = client.next();
      assertEquals(12, change.path("U").asInt());
      assertEquals(12, change.path("u").asInt());
      assertEquals("[[\"61000.10000000\",\"0.00000000\"]]", change.path("b").toString());
      tell(Scripted.snapshot(Scripted.BITCOIN, 13, List.of(Level.of("61000.0", "2")), List.of()));
      JsonNode replaced = client.next();
      assertEquals(13, replaced.path("U").asInt());
      assertEquals("[[\"61000.20000000\",\"0.00000000\"]]", replaced.path("a").toString());
    }
  }

  @Test
  void tellsBestPricesWholeBooksTickersAndCandles() {
    try (TestSocket client =
        open(
            "/stream?streams=btcusdt@bookTicker/btcusdt@depth5@100ms/btcusdt@ticker"
                + "/btcusdt@miniTicker/btcusdt@kline_1m")) {
      tell(
          Scripted.change(
              Scripted.BITCOIN, 11, 11, List.of(Level.of("61000.1", "0.75")), List.of()));
      JsonNode best = data(client, "btcusdt@bookTicker");
      assertEquals("0.75000000", best.path("B").asString());
      assertTrue(best.path("e").isMissingNode());
      assertEquals(2, data(client, "btcusdt@depth5@100ms").path("bids").size());
    }
  }

  @Test
  void tellsTickersAndCandlesByTheClock() {
    try (TestSocket client = open("/stream?streams=btcusdt@ticker")) {
      assertEquals("24hrTicker", data(client, "btcusdt@ticker").path("e").asString());
    }
    try (TestSocket client = open("/stream?streams=btcusdt@miniTicker")) {
      assertEquals("61000.20000000", data(client, "btcusdt@miniTicker").path("c").asString());
    }
    try (TestSocket client = open("/stream?streams=btcusdt@kline_1m")) {
      JsonNode candle = data(client, "btcusdt@kline_1m").path("k");
      assertEquals(1_753_417_800_000L, candle.path("t").asLong());
      assertEquals("0.00300000", candle.path("v").asString());
    }
  }

  private static JsonNode data(TestSocket client, String stream) {
    return client.next(message -> message.path("stream").asString("").equals(stream)).path("data");
  }

  @Test
  void answersRest() {
    assertEquals("{}", http().get("/api/v3/ping").body());
    assertEquals("{\"serverTime\":1753417800000}", http().get("/api/v3/time").body());
    JsonNode info = Http.json(http().get("/api/v3/exchangeInfo?symbol=BTCUSDT"));
    assertEquals("BTC", info.at("/symbols/0/baseAsset").asString());
    assertEquals("0.10000000", info.at("/symbols/0/filters/0/tickSize").asString());
    assertEquals(1, Http.json(http().get("/api/v3/trades?symbol=BTCUSDT")).at("/0/id").asInt());
    assertEquals(1, Http.json(http().get("/api/v3/aggTrades?symbol=BTCUSDT&fromId=1")).size());
    assertEquals(0, Http.json(http().get("/api/v3/aggTrades?symbol=BTCUSDT&fromId=2")).size());
    assertEquals(
        12, Http.json(http().get("/api/v3/klines?symbol=BTCUSDT&interval=1m")).path(0).size());
    assertEquals(
        "61000.20000000",
        Http.json(http().get("/api/v3/ticker/24hr?symbol=BTCUSDT")).path("lastPrice").asString());
    assertEquals(-1121, code("/api/v3/depth?symbol=NOPE"));
    assertEquals(-1102, code("/api/v3/depth"));
    assertEquals(-1120, code("/api/v3/klines?symbol=BTCUSDT&interval=7m"));
  }

  private int code(String path) {
    return Http.json(http().get(path)).path("code").asInt();
  }

  @Test
  void countsWeightsAndBansWhoGoesOn() {
    restart(options().withWeight(60));
    HttpResponse<String> first = http().get("/api/v3/depth?symbol=BTCUSDT&limit=1000");
    assertEquals("50", first.headers().firstValue("x-mbx-used-weight-1m").orElse(""));
    HttpResponse<String> second = http().get("/api/v3/depth?symbol=BTCUSDT&limit=1000");
    assertEquals(429, second.statusCode());
    assertTrue(second.headers().firstValueAsLong("retry-after").orElse(0) > 0);
    int status = 429;
    for (int i = 0; i < 10; i++) {
      status = http().get("/api/v3/ping").statusCode();
    }
    assertEquals(418, status);
  }

  @Test
  void aShutdownIsAnnounced() {
    try (TestSocket client = open("/stream?streams=btcusdt@trade")) {
      simulator.control().inject(Fault.of(FaultKind.SHUTDOWN));
      JsonNode event = client.next();
      assertEquals("!serverShutdown", event.path("stream").asString());
      assertEquals("serverShutdown", event.at("/data/e").asString());
      client.assertEnds(1001);
    }
  }

  @Test
  void faultsAreInBinancesForm() {
    try (TestSocket client = open("/ws/btcusdt@trade")) {
      simulator.control().inject(Fault.of(FaultKind.UNKNOWN_CODE));
      assertEquals("unknownEvent", client.next().path("e").asString());
      simulator.control().inject(Fault.of(FaultKind.GARBAGE));
      assertEquals(37, client.nextText().length());
      simulator.control().inject(Fault.of(FaultKind.CONNECTION_LIMIT));
      client.assertEnds(1008);
    }
  }
}
