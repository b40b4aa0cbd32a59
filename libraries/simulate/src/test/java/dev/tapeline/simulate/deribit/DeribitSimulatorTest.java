package dev.tapeline.simulate.deribit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.tick.Level;
import dev.tapeline.simulate.Http;
import dev.tapeline.simulate.Scripted;
import dev.tapeline.simulate.TestSocket;
import dev.tapeline.simulate.market.ScriptedSource;
import dev.tapeline.simulate.net.Fault;
import dev.tapeline.simulate.net.FaultKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DeribitSimulatorTest {

  private static final String OPTION = "BTC-1AUG25-62000-C";

  private final ScriptedSource market = Scripted.source();
  private DeribitSimulator simulator = start(options());

  private DeribitOptions options() {
    return DeribitOptions.of(Scripted.options(market));
  }

  private DeribitSimulator start(DeribitOptions options) {
    DeribitSimulator started = DeribitSimulator.start(options);
    market.tell(
        Scripted.snapshot(
            Scripted.BITCOIN, 1, List.of(Level.of("61999", "1")), List.of(Level.of("62001", "1"))));
    started.control().state();
    return started;
  }

  private void restart(DeribitOptions options) {
    simulator.close();
    simulator = start(options);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private TestSocket open() {
    return TestSocket.open(simulator.port(), "/ws/api/v2");
  }

  /** Lets some options trade. */
  private void move(long trade) {
    market.tell(Scripted.trade(Scripted.BITCOIN, trade, "62001", "0.1"));
    simulator.control().state();
  }

  private static JsonNode ask(TestSocket client, String method, String params) {
    client.send(
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"public/%s\",\"params\":%s}"
            .formatted(method, params));
    return client.next(message -> message.path("id").asInt() == 7);
  }

  private static JsonNode data(TestSocket client, String channel) {
    return client
        .next(message -> message.at("/params/channel").asString("").equals(channel))
        .at("/params/data");
  }

  private static JsonNode subscribe(TestSocket client, String channel) {
    return ask(client, "subscribe", "{\"channels\":[\"" + channel + "\"]}").path("result");
  }

  @Test
  void unknownChannelsAreJustMissing() {
    try (TestSocket client = open()) {
      JsonNode answer =
          ask(
              client,
              "subscribe",
              "{\"channels\":[\"ticker.%s.100ms\",\"ticker.BTC-1JAN20-1-C.100ms\",\"x\"]}"
                  .formatted(OPTION));
      assertEquals("[\"ticker.BTC-1AUG25-62000-C.100ms\"]", answer.path("result").toString());
      assertEquals(50, answer.path("usDiff").asInt());
    }
  }

  @Test
  void tellsTickersWithGreeks() {
    try (TestSocket client = open()) {
      subscribe(client, "ticker." + OPTION + ".100ms");
      JsonNode ticker = data(client, "ticker." + OPTION + ".100ms");
      assertEquals("62000", ticker.path("underlying_price").toString());
      assertEquals("62000", ticker.path("index_price").toString());
      assertEquals("BTC-1AUG25", ticker.path("underlying_index").asString());
      double delta = ticker.at("/greeks/delta").asDouble();
      assertTrue(delta > 0.49 && delta < 0.55, ticker::toString);
      assertEquals("55", ticker.path("mark_iv").toString());
      double bid = ticker.path("best_bid_price").asDouble();
      double mark = ticker.path("mark_price").asDouble();
      assertTrue(bid > 0 && bid < mark && mark < ticker.path("best_ask_price").asDouble());
    }
  }

  @Test
  void keepsTheTradesOfAnInstrument() {
    try (TestSocket client = open()) {
      for (int i = 0; i < 200; i++) {
        move(i + 1);
      }
      String name = "\"instrument_name\":\"" + OPTION + "\"";
      String first = "{%s,\"start_seq\":2,\"count\":2,\"sorting\":\"asc\"}".formatted(name);
      JsonNode page = ask(client, "get_last_trades_by_instrument", first).path("result");
      assertEquals(2, page.at("/trades/0/trade_seq").asInt());
      assertEquals(3, page.at("/trades/1/trade_seq").asInt());
      assertEquals(2, page.path("trades").size());
      assertTrue(page.path("has_more").asBoolean(), page::toString);
      String newest = "{%s,\"end_seq\":3,\"count\":9}".formatted(name);
      JsonNode all = ask(client, "get_last_trades_by_instrument", newest).path("result");
      assertEquals(3, all.at("/trades/0/trade_seq").asInt());
      assertEquals(1, all.at("/trades/2/trade_seq").asInt());
      assertEquals(
          -32_602,
          ask(client, "get_last_trades_by_instrument", "{%s,\"count\":1001}".formatted(name))
              .at("/error/code")
              .asInt());
    }
  }

  @Test
  void changesOfABookJoin() {
    try (TestSocket client = open()) {
      String channel = "book." + OPTION + ".100ms";
      subscribe(client, channel);
      JsonNode snapshot = data(client, channel);
      assertEquals("snapshot", snapshot.path("type").asString());
      long id = snapshot.path("change_id").asLong();
      for (int i = 0; i < 200; i++) {
        move(i + 1);
      }
      JsonNode change = data(client, channel);
      assertEquals("change", change.path("type").asString());
      assertEquals(id, change.path("prev_change_id").asLong());
      assertEquals(3, change.at("/bids/0").size());
    }
  }

  @Test
  void tellsTradesIndicesAndMarks() {
    try (TestSocket client = open()) {
      ask(
          client,
          "subscribe",
          "{\"channels\":[\"trades.option.BTC.100ms\",\"deribit_price_index.eth_usd\","
              + "\"deribit_volatility_index.btc_usd\",\"markprice.options.btc_usd\","
              + "\"book.%s.none.10.100ms\",\"quote.%s\"]}".formatted(OPTION, OPTION));
      assertEquals("2480", data(client, "deribit_price_index.eth_usd").path("price").toString());
      double volatility =
          data(client, "deribit_volatility_index.btc_usd").path("volatility").asDouble();
      assertTrue(volatility > 50 && volatility < 60, () -> "" + volatility);
      JsonNode marks = data(client, "markprice.options.btc_usd");
      assertEquals(126, marks.size());
      assertTrue(marks.path(0).path("iv").asDouble() < 3, "a fraction");
      assertEquals(2, data(client, "book." + OPTION + ".none.10.100ms").at("/bids/0").size());
      move(1);
      move(2);
      JsonNode trade = data(client, "trades.option.BTC.100ms").path(0);
      assertTrue(trade.path("instrument_name").asString().startsWith("BTC-"));
      assertTrue(trade.path("trade_seq").asInt() > 0);
    }
  }

  @Test
  void perpetualsAndFuturesAreWhatTheOptionsFollow() {
    try (TestSocket client = open()) {
      subscribe(client, "ticker.BTC-PERPETUAL.100ms");
      JsonNode perpetual = data(client, "ticker.BTC-PERPETUAL.100ms");
      assertEquals("62000", perpetual.path("mark_price").toString());
      assertEquals("61999.5", perpetual.path("best_bid_price").toString());
      assertEquals("62000", perpetual.path("index_price").toString());
      assertTrue(perpetual.has("funding_8h") && !perpetual.has("greeks"), perpetual::toString);
      JsonNode option = ask(client, "ticker", "{\"instrument_name\":\"%s\"}".formatted(OPTION));
      String underlying = option.at("/result/underlying_index").asString();
      JsonNode future = ask(client, "ticker", "{\"instrument_name\":\"%s\"}".formatted(underlying));
      assertEquals(
          option.at("/result/underlying_price").toString(),
          future.at("/result/mark_price").toString());
      subscribe(client, "book.ETH-PERPETUAL.100ms");
      assertEquals("snapshot", data(client, "book.ETH-PERPETUAL.100ms").path("type").asString());
      subscribe(client, "trades.future.ETH.100ms");
      for (int i = 0; i < 20; i++) {
        move(i + 1);
      }
      JsonNode trade = data(client, "trades.future.ETH.100ms").path(0);
      assertTrue(trade.path("instrument_name").asString().startsWith("ETH-"), trade::toString);
      assertTrue(!trade.has("iv") && trade.path("trade_seq").asInt() > 0, trade::toString);
    }
  }

  @Test
  void listsPerpetualsAndFutures() {
    Http http = new Http(simulator.port());
    JsonNode listed =
        Http.json(http.get("/api/v2/public/get_instruments?currency=BTC&kind=future"))
            .path("result");
    assertEquals(4, listed.size());
    assertEquals("BTC-PERPETUAL", listed.at("/0/instrument_name").asString());
    assertEquals("perpetual", listed.at("/0/settlement_period").asString());
    assertEquals("10", listed.at("/0/contract_size").toString());
    assertEquals("BTC-1AUG25", listed.at("/1/instrument_name").asString());
    assertEquals(1_754_035_200_000L, listed.at("/1/expiration_timestamp").asLong());
    assertEquals(
        "{\"eth\":{\"option\":[\"1AUG25\",\"8AUG25\",\"26SEP25\"],"
            + "\"future\":[\"PERPETUAL\",\"1AUG25\",\"8AUG25\",\"26SEP25\"]}}",
        Http.json(http.get("/api/v2/public/get_expirations?currency=ETH"))
            .path("result")
            .toString());
    JsonNode summaries =
        Http.json(http.get("/api/v2/public/get_book_summary_by_currency?currency=ETH&kind=future"))
            .path("result");
    assertEquals("2480", summaries.at("/0/mark_price").toString());
  }

  @Test
  void rawChannelsNeedALogin() {
    try (TestSocket client = open()) {
      JsonNode answer = ask(client, "subscribe", "{\"channels\":[\"book." + OPTION + ".raw\"]}");
      assertEquals(13_778, answer.at("/error/code").asInt());
    }
  }

  @Test
  void whatIsUnsubscribedFromEnds() {
    try (TestSocket client = open()) {
      subscribe(client, "deribit_price_index.btc_usd");
      JsonNode answer =
          ask(client, "unsubscribe", "{\"channels\":[\"deribit_price_index.btc_usd\",\"x\"]}");
      assertEquals("[\"deribit_price_index.btc_usd\"]", answer.path("result").toString());
      assertEquals("[]", simulator.control().state().at("/connections/0/subscriptions").toString());
    }
  }

  @Test
  void answersMethodsAndRefusesOthers() {
    try (TestSocket client = open()) {
      assertEquals(Scripted.NOW, ask(client, "get_time", "{}").path("result").asLong());
      assertEquals("1.2.26", ask(client, "test", "{}").at("/result/version").asString());
      assertEquals(-32_601, ask(client, "sing", "{}").at("/error/code").asInt());
      assertEquals(-32_602, ask(client, "get_instruments", "{}").at("/error/code").asInt());
      client.send("{");
      assertEquals(-32_700, client.next().at("/error/code").asInt());
    }
  }

  @Test
  void restAnswersTheSame() {
    Http http = new Http(simulator.port());
    JsonNode instruments =
        Http.json(http.get("/api/v2/public/get_instruments?currency=BTC&kind=option"))
            .path("result");
    assertEquals(126, instruments.size());
    assertEquals(1_754_035_200_000L, instruments.at("/0/expiration_timestamp").asLong());
    JsonNode summaries =
        Http.json(http.get("/api/v2/public/get_book_summary_by_currency?currency=ETH&kind=option"))
            .path("result");
    assertEquals(126, summaries.size());
    assertTrue(summaries.at("/0/mark_iv").asDouble() > 3, "percent");
    assertEquals(
        "{\"btc\":{\"option\":[\"1AUG25\",\"8AUG25\",\"26SEP25\"]}}",
        Http.json(http.get("/api/v2/public/get_expirations?currency=BTC&kind=option"))
            .path("result")
            .toString());
    assertEquals(400, http.get("/api/v2/public/ticker?instrument_name=X").statusCode());
  }

  @Test
  void clientsThatDoNotAnswerATestLoseTheirSocket() {
    restart(options().withTestPatience(Duration.ofSeconds(5)));
    try (TestSocket client = open();
        TestSocket deaf = open()) {
      assertEquals(
          -32_602, ask(client, "set_heartbeat", "{\"interval\":3}").at("/error/code").asInt());
      assertEquals(
          "ok", ask(client, "set_heartbeat", "{\"interval\":10}").path("result").asString());
      ask(deaf, "set_heartbeat", "{\"interval\":10}");
      simulator.testNow();
      assertEquals("test_request", client.next().at("/params/type").asString());
      ask(client, "test", "{}");
      deaf.assertEnds(1008);
    }
  }

  @Test
  void tooManySubscriptionsEndTheSocket() {
    restart(
        new DeribitOptions(
            options().common(),
            Duration.ofSeconds(10),
            new DeribitOptions.Pool(2, 0, 1),
            new DeribitOptions.Pool(10, 0, 1)));
    try (TestSocket client = open()) {
      subscribe(client, "deribit_price_index.btc_usd");
      subscribe(client, "deribit_price_index.btc_usd");
      JsonNode refused = ask(client, "subscribe", "{\"channels\":[]}");
      assertEquals(10_028, refused.at("/error/code").asInt());
      client.assertEnds(1008);
    }
  }

  @Test
  void faultsAreInDeribitsForm() {
    try (TestSocket client = open()) {
      simulator.control().inject(Fault.of(FaultKind.UNKNOWN_CODE));
      assertEquals("novelty", client.next().path("method").asString());
      simulator.control().inject(Fault.of(FaultKind.CONNECTION_LIMIT));
      assertEquals(10_028, client.next().at("/error/code").asInt());
      client.assertEnds(1008);
    }
  }
}
