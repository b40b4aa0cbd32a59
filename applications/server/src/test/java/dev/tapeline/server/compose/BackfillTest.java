package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.market.tick.Side;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import dev.tapeline.server.settings.Settings;
import dev.tapeline.simulate.binance.BinanceOptions;
import dev.tapeline.simulate.binance.BinanceSimulator;
import dev.tapeline.simulate.control.SimulatorOptions;
import dev.tapeline.simulate.control.VendorSimulator;
import dev.tapeline.simulate.dhan.DhanAccount;
import dev.tapeline.simulate.dhan.DhanOptions;
import dev.tapeline.simulate.dhan.DhanSimulator;
import dev.tapeline.simulate.market.ScriptedSource;
import dev.tapeline.store.PostgresForTests;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole server that was away for minutes of trading at a vendor's simulator. */
@Timeout(180)
class BackfillTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long MINUTE = 60_000;

  /** The market runs half an hour late, so that all its minutes are over. */
  private static final long BEGIN =
      Math.floorDiv(System.currentTimeMillis(), MINUTE) * MINUTE - 30 * MINUTE;

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir Path folder;

  @AfterAll
  static void stop() {
    HTTP.close();
  }

  private static Reference reference(String symbol, String segment, String id) {
    return new Reference(symbol, segment, id, symbol, new BigDecimal("0.01"));
  }

  /** A market in which each minute has three trades of prices of its own. */
  private static final class Market {

    private final Instrument traded;
    private final ScriptedSource source;
    private long id;

    Market(Instrument traded) {
      this.traded = traded;
      this.source = new ScriptedSource(List.of(traded));
    }

    void trade(int minute, VendorSimulator<?> simulator) {
      for (int i = 0; i < 3; i++) {
        long time = BEGIN + minute * MINUTE + 10_000 + i * 15_000L;
        BigDecimal price = BigDecimal.valueOf(6_000_000 + 1_000L * minute + 25L * (i % 2), 2);
        source.tell(
            new Tick.Trade(
                traded, new Times(time, time), ++id, price, new BigDecimal("0.5"), Side.BUY, null));
        var _ = simulator.control().state(); // done on the loop after it
      }
    }
  }

  private Map<String, String> settings(String feed, String database) {
    Map<String, String> settings = new HashMap<>();
    settings.put("TAPELINE_BIND_HOST", "127.0.0.1");
    settings.put("TAPELINE_API_PORT", "0");
    settings.put("REDIS_WS_GATEWAY_PORT", "0");
    settings.put("TAPELINE_REST_RATE_BURST", "100000");
    settings.put("TAPELINE_DATA", folder.toString());
    settings.put("TAPELINE_HISTORY", "1m,1d");
    settings.put("DATABASE_URL", database);
    settings.put("DHANHQ_CLIENT_ID", DhanAccount.USUAL.clientId());
    settings.put("DHANHQ_ACCESS_TOKEN", DhanAccount.USUAL.token());
    settings.put("TAPELINE_FEEDS", feed);
    return settings;
  }

  private static Tapeline start(Map<String, String> values) {
    Settings settings = Settings.load(Map.of(), values);
    return Tapeline.start(settings, FeedPlan.of(settings));
  }

  private static JsonNode get(Tapeline server, String path) throws Exception {
    URI uri =
        URI.create("http://127.0.0.1:%d/api/v1/%s".formatted(server.ports().getFirst(), path));
    HttpResponse<String> answer =
        HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    return JSON.readTree(answer.body()); // a problem where the database is still starting
  }

  private static JsonNode await(Tapeline server, String path, Predicate<JsonNode> wanted)
      throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    JsonNode answer = get(server, path);
    while (!wanted.test(answer)) {
      assertTrue(System.nanoTime() < end, answer::toString);
      Thread.onSpinWait();
      answer = get(server, path);
    }
    return answer;
  }

  private static Predicate<JsonNode> hasCandles(int count) {
    return answer -> answer.path("candles").size() >= count;
  }

  private static List<Long> minutes(JsonNode answer) {
    List<Long> minutes = new ArrayList<>();
    answer.path("candles").forEach(one -> minutes.add((one.path("t").asLong() - BEGIN) / MINUTE));
    return minutes;
  }

  private static String origin(JsonNode answer, int index) {
    return answer.path("candles").get(index).path("origin").asString("live");
  }

  @Test
  void candlesOfBinanceHaveNoHoleAfterAKill() throws Exception {
    Market market = new Market(new Instrument.Pair(reference("BTC_USDT", "SIM", "BTC_USDT")));
    try (BinanceSimulator simulator =
        BinanceSimulator.start(
            BinanceOptions.of(
                SimulatorOptions.usual().with(market.source, InstantSource.system())))) {
      market.trade(0, simulator);
      String feed =
          "binance watch=BTCUSDT socket-url=ws://127.0.0.1:%1$d rest-url=http://127.0.0.1:%1$d"
              .formatted(simulator.port());
      Map<String, String> settings = settings(feed, PostgresForTests.newDatabase());
      try (Tapeline server = start(settings)) {
        awaitSubscribed(simulator);
        for (int minute = 1; minute <= 5; minute++) {
          market.trade(minute, simulator);
        }
        await(server, "candles/BTCUSDT?origin=live", it -> minutes(it).contains(4L));
      }
      market.trade(6, simulator);
      market.trade(7, simulator);
      try (Tapeline server = start(settings)) {
        awaitSubscribed(simulator);
        market.trade(8, simulator);
        market.trade(9, simulator);
        await(server, "candles/BTCUSDT?origin=live", it -> minutes(it).contains(8L));
        checkJoined(server, simulator);
      }
    }
  }

  private static void awaitSubscribed(BinanceSimulator simulator) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (simulator.control().state().path("streams").asInt() == 0) {
      assertTrue(System.nanoTime() < end, () -> simulator.control().state().toString());
      Thread.onSpinWait();
    }
  }

  private static void checkJoined(Tapeline server, BinanceSimulator simulator) throws Exception {
    String span = "&from=%d&to=%d".formatted(BEGIN, BEGIN + 9 * MINUTE);
    JsonNode answer = await(server, "candles/BTCUSDT?tf=1m" + span, hasCandles(9));
    assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L), minutes(answer), answer::toString);
    assertEquals("backfill", origin(answer, 6), answer::toString);
    assertEquals("backfill", origin(answer, 7), answer::toString);
    assertEquals("live", origin(answer, 3), answer::toString);
    URI klines =
        URI.create(
            "http://127.0.0.1:%d/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=%d"
                .formatted(simulator.port(), BEGIN));
    JsonNode rows =
        JSON.readTree(
            HTTP.send(HttpRequest.newBuilder(klines).build(), HttpResponse.BodyHandlers.ofString())
                .body());
    for (int i = 0; i < 9; i++) {
      JsonNode candle = answer.path("candles").get(i);
      assertEquals(rows.get(i).get(0).asLong(), candle.path("t").asLong());
      for (int column = 1; column <= 5; column++) {
        BigDecimal told = new BigDecimal(rows.get(i).get(column).asString());
        BigDecimal shown =
            new BigDecimal(
                candle.path(List.of("", "o", "h", "l", "c", "v").get(column)).asString());
        assertEquals(0, told.compareTo(shown), answer::toString);
      }
      assertEquals(3, candle.path("n").asLong(), candle::toString);
    }
  }

  @Test
  void candlesOfDhanAreThereFromTheVendorsHistory() throws Exception {
    Market market = new Market(new Instrument.Share(reference("HDFCBANK", "NSE_EQ", "1333")));
    try (DhanSimulator simulator =
        DhanSimulator.start(
            DhanOptions.of(SimulatorOptions.usual().with(market.source, InstantSource.system())))) {
      for (int minute = 0; minute < 10; minute++) {
        market.trade(minute, simulator);
      }
      String feed =
          ("dhan hours=always watch=HDFCBANK socket-url=ws://127.0.0.1:%1$d/"
                  + " rest-url=http://127.0.0.1:%1$d/v2"
                  + " master-url=http://127.0.0.1:%1$d/api-data/api-scrip-master-detailed.csv")
              .formatted(simulator.port());
      try (Tapeline server = start(settings(feed, PostgresForTests.newDatabase()))) {
        await(server, "instruments?q=HDFCBANK", it -> it.path("instruments").size() > 0);
        JsonNode own = await(server, "candles/HDFCBANK?origin=backfill", hasCandles(10));
        assertEquals(0L, minutes(own).getFirst(), "nobody has asked for it");
        String span = "&from=%d&to=%d".formatted(BEGIN, BEGIN + 10 * MINUTE);
        JsonNode answer = await(server, "candles/HDFCBANK?tf=1m" + span, hasCandles(10));
        assertEquals(10, minutes(answer).size(), answer::toString);
        assertEquals("backfill", origin(answer, 0));
        JsonNode first = answer.path("candles").get(0);
        assertEquals("60000", first.path("o").asString());
        assertEquals("60000.25", first.path("h").asString());
        assertEquals("1.5", first.path("v").asString());
        assertTrue(first.path("n").isMissingNode(), first::toString);
        JsonNode folded = get(server, "candles/HDFCBANK?tf=2m" + span);
        assertTrue(folded.path("candles").size() >= 5, folded::toString);
      }
    }
  }
}
