package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.gateway.TestClient;
import dev.tapeline.server.settings.Settings;
import dev.tapeline.simulate.binance.BinanceOptions;
import dev.tapeline.simulate.binance.BinanceSimulator;
import dev.tapeline.simulate.dhan.DhanAccount;
import dev.tapeline.simulate.dhan.DhanOptions;
import dev.tapeline.simulate.dhan.DhanSimulator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole server with Dhan and Binance as its sources, both simulated. */
@Timeout(180)
class VendorsTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String KEY = "a-key-for-these-tests";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir static Path folder;
  private static DhanSimulator dhan;
  private static BinanceSimulator binance;
  private static Tapeline server;
  private static HttpClient http;

  @BeforeAll
  static void start() throws Exception {
    http = HttpClient.newHttpClient();
    dhan = DhanSimulator.start(DhanOptions.usual());
    binance = BinanceSimulator.start(BinanceOptions.usual());
    Settings settings = Settings.load(settings(), Map.of());
    server = Tapeline.start(settings, FeedPlan.of(settings));
    awaitGet("/api/v1/instruments?q=RELIANCE", has("\"RELIANCE\"")); // the list of Dhan's is there
    awaitGet("/api/v1/health/market_stream?source=dhan", has("\"healthy\""));
  }

  private static Map<String, String> settings() {
    String feeds =
        "dhan socket-url=ws://127.0.0.1:%1$d/ rest-url=http://127.0.0.1:%1$d/v2"
            + " master-url=http://127.0.0.1:%1$d/api-data/api-scrip-master-detailed.csv"
            + " hours=always watch=NIFTY,"
            + " binance socket-url=ws://127.0.0.1:%2$d rest-url=http://127.0.0.1:%2$d";
    return Map.of(
        "TAPELINE_BIND_HOST",
        "127.0.0.1",
        "TAPELINE_API_PORT",
        "0",
        "REDIS_WS_GATEWAY_PORT",
        "0",
        "GATEWAY_API_KEY",
        KEY,
        "TAPELINE_REST_RATE_BURST",
        "100000",
        "TAPELINE_DATA",
        folder.toString(),
        "DHANHQ_CLIENT_ID",
        DhanAccount.USUAL.clientId(),
        "DHANHQ_ACCESS_TOKEN",
        DhanAccount.USUAL.token(),
        "TAPELINE_FEEDS",
        feeds.formatted(dhan.port(), binance.port()));
  }

  @AfterAll
  static void stop() {
    server.close();
    dhan.close();
    binance.close();
    http.close();
  }

  private static Predicate<String> has(String text) {
    return body -> body.contains(text);
  }

  private static HttpRequest.Builder request(String path) {
    int port = server.ports().getFirst();
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("Authorization", "Bearer " + KEY)
        .timeout(PATIENCE);
  }

  private static String send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer.body());
    return answer.body();
  }

  /** Asks until the answer is as wanted. */
  private static String awaitGet(String path, Predicate<String> wanted) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    String body = send(request(path));
    while (!wanted.test(body)) {
      assertTrue(System.nanoTime() < end, body);
      LockSupport.parkNanos(50_000_000);
      body = send(request(path));
    }
    return body;
  }

  private static JsonNode firstData(String channel) {
    try (TestClient client = new TestClient(server.ports().getFirst(), "/ws")) {
      client.subscribe("\"" + channel + "\"");
      return awaitData(client);
    }
  }

  /** The first data within three times the patience of the client. */
  private static JsonNode awaitData(TestClient client) {
    for (int i = 0; i < 2; i++) {
      try {
        return client.awaitType("data");
      } catch (AssertionError _) {
        assertEquals(0, client.ofType("error").size(), () -> client.texts().toString());
      }
    }
    return client.awaitType("data");
  }

  @Test
  void aPairOfBinanceIsSubscribedByDemand() {
    JsonNode tick = firstData("market:tick:BTCUSDT");
    assertEquals("binance", tick.at("/data/source").asString());
    assertEquals("BINANCE:BTCUSDT", tick.at("/data/key").asString());
  }

  @Test
  void aShareOfDhanIsSubscribedByDemand() {
    JsonNode tick = firstData("market:tick:RELIANCE");
    assertEquals("dhan", tick.at("/data/source").asString());
    assertEquals("NSE_EQ:2885", tick.at("/data/key").asString());
  }

  @Test
  void aBookOfBinanceIsPublished() {
    JsonNode book = firstData("depth@BTCUSDT");
    assertTrue(book.toString().contains("BTCUSDT"), book::toString);
  }

  @Test
  void whatIsAlwaysWatchedHasAPrice() throws Exception {
    awaitGet("/api/v1/current_prices?keys=IDX_I:13", has("\"cached_count\":1"));
  }

  @Test
  void optionsAreFoundAndAPolledChainTellsTheirTicks() throws Exception {
    String found =
        awaitGet("/api/v1/instruments?underlying=NIFTY&right=ce&strike=24300", has("\"option\""));
    JsonNode option = JSON.readTree(found).path("instruments").path(0);
    String expiry = option.path("expiry").asString();
    send(
        request("/market/polling/start")
            .POST(
                BodyPublishers.ofString(
                    "{\"symbol\":\"NIFTY\",\"expiry\":\"%s\",\"interval\":3000}"
                        .formatted(expiry))));
    String status = awaitGet("/market/polling/status", VendorsTest::hasAnswered);
    assertTrue(status.contains("\"expiry\":\"%s\"".formatted(expiry)), status);
    JsonNode tick = firstData("market:tick:" + option.path("symbol").asString());
    assertEquals("dhan", tick.at("/data/source").asString());
    assertEquals(option.path("key").asString(), tick.at("/data/key").asString());
  }

  private static boolean hasAnswered(String status) {
    JsonNode chain = JSON.readTree(status).path("polling").path(0);
    return chain.path("symbol").asString("").equals("NIFTY")
        && chain.path("lastSuccess").asLong(0) > 0
        && chain.path("failures").asLong(-1) == 0;
  }

  @Test
  void whatComesFromAVendorIsCounted() throws Exception {
    String metrics = awaitGet("/metrics", VendorsTest::isConnectedAndIdle);
    double frames = figure(metrics, "frames_total");
    assertTrue(frames > 0 && figure(metrics, "frame_bytes_total") >= 8 * frames, metrics);
    assertEquals(0, figure(metrics, "sockets_ended_total"));
  }

  private static boolean isConnectedAndIdle(String metrics) {
    return figure(metrics, "sockets_opened_total") == 1 && figure(metrics, "calls_waiting") == 0;
  }

  /** A metric of the source dhan; NaN without one. */
  private static double figure(String metrics, String name) {
    String line = "tapeline_feed_%s{source=\"dhan\"} ".formatted(name);
    return metrics
        .lines()
        .filter(each -> each.startsWith(line))
        .mapToDouble(each -> Double.parseDouble(each.substring(line.length())))
        .findFirst()
        .orElse(Double.NaN);
  }

  /**
   * Nothing else brings it: on a slow machine the first answer comes before it, and a later one has
   * it.
   */
  @Test
  void aPriceThatNobodyWatchesIsFetched() throws Exception {
    awaitGet("/api/v1/current_prices?keys=NSE_EQ:3045", has("\"NSE_EQ:3045\":"));
  }

  @Test
  void aScreenerMakesAnInstrumentWatched() throws Exception {
    send(
        request("/api/v1/screeners/banks")
            .PUT(BodyPublishers.ofString("{\"symbols\":[\"HDFCBANK\"]}")));
    awaitGet("/api/v1/current_prices?keys=NSE_EQ:1333", has("\"cached_count\":1"));
    assertTrue(
        dhan.control().state().path("connections").toString().contains("NSE_EQ:1333"),
        () -> dhan.control().state().toString());
  }
}
