package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.server.settings.Settings;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole server: pages and REST by way of the gateway's port, and WebSockets beside them. */
@Timeout(60)
class TapelineTest {

  private static final String KEY = "a-key-for-the-tests";
  private static final String CLOSE = "Connection: close\r\n";

  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void restAndWebSocketShareThePort() throws Exception {
    try (Tapeline tapeline = start(Map.of(), List.of())) {
      Frames frames = subscribe(tapeline, "test:one");
      frames.await("\"type\":\"subscribed\"");
      String data = "{ \"p\" : 1.50 }";
      HttpResponse<String> answer = publish(tapeline, "test:one", data);
      assertEquals(200, answer.statusCode(), answer.body());
      String frame = frames.await("\"type\":\"data\"");
      assertTrue(frame.endsWith(",\"data\":" + data + "}"), frame);
      assertEquals("{\"status\":\"ready\"}", get(tapeline, "/health/ready").body());
      assertTrue(get(tapeline, "/metrics").body().contains("tapeline_"));
    }
  }

  @Test
  void restTellsWhereALogHasPutAPublication() throws Exception {
    try (Tapeline tapeline = start(Map.of(), List.of())) {
      publish(tapeline, "trade@X", "1");
      String answer = publish(tapeline, "trade@X", "2").body();
      assertTrue(answer.contains("\"epoch\":\"") && answer.contains("\"seq\":2"), answer);
      assertFalse(publish(tapeline, "test:one", "1").body().contains("seq"));
    }
  }

  @Test
  void upgradeBehindACallIsAnsweredBehindIt() throws Exception {
    try (Tapeline tapeline = start(Map.of(), List.of());
        Socket socket = new Socket("127.0.0.1", tapeline.ports().getFirst());
        Socket other = new Socket("127.0.0.1", tapeline.ports().getFirst())) {
      String rest = "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n";
      assertEquals(List.of("200", "200", "426"), statuses(socket, rest + rest + upgrade("/ws")));
      assertEquals(List.of("200", "421"), statuses(other, rest + upgrade("/x")));
    }
  }

  private static String upgrade(String path) {
    return "GET "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
  }

  /** Upgrades leave no sessions that would fill the heap. */
  @Test
  void upgradesLeaveNoSessions() throws Exception {
    try (Tapeline tapeline = start(Map.of(), List.of())) {
      for (String path : List.of("/x", "/api/v1/instruments", "/index.html")) {
        try (Socket socket = new Socket("127.0.0.1", tapeline.ports().getFirst())) {
          socket.setSoTimeout(10_000);
          socket.getOutputStream().write(upgrade(path).getBytes(StandardCharsets.US_ASCII));
          String answer =
              new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
          assertTrue(answer.startsWith("HTTP/1.1 421 "), answer);
          assertFalse(answer.contains("Cookie"), answer);
        }
      }
    }
  }

  @Test
  void proxysConnectionCarriesTheCallsOfManyClients() throws Exception {
    Map<String, String> settings =
        Map.of(
            "TRUSTED_PROXIES", "127.0.0.1",
            "TAPELINE_REST_RATE_PER_SECOND", "1",
            "TAPELINE_REST_RATE_BURST", "1");
    try (Tapeline tapeline = start(settings, List.of());
        Socket socket = new Socket("127.0.0.1", tapeline.ports().getFirst())) {
      String calls = call("1.1.1.1", "") + call("2.2.2.2", "") + call("1.1.1.1", CLOSE);
      assertEquals(List.of("200", "200", "429"), statuses(socket, calls));
    }
  }

  @Test
  void proxyHeaderSaysWhoseCallsAConnectionCarries() throws Exception {
    Map<String, String> settings =
        Map.of(
            "TRUSTED_PROXIES", "127.0.0.1",
            "TAPELINE_REST_RATE_PER_SECOND", "1",
            "TAPELINE_REST_RATE_BURST", "1");
    try (Tapeline tapeline = start(settings, List.of());
        Socket one = new Socket("127.0.0.1", tapeline.ports().getFirst());
        Socket other = new Socket("127.0.0.1", tapeline.ports().getFirst())) {
      String calls = call("3.3.3.3", "") + call("4.4.4.4", CLOSE);
      String header = "PROXY TCP4 %s 127.0.0.1 1111 80\r\n";
      assertEquals(List.of("200", "429"), statuses(one, header.formatted("1.1.1.1") + calls));
      assertEquals(List.of("200", "429"), statuses(other, header.formatted("2.2.2.2") + calls));
    }
  }

  private static List<String> statuses(Socket socket, String calls) throws IOException {
    socket.setSoTimeout(10_000);
    socket.getOutputStream().write(calls.getBytes(StandardCharsets.US_ASCII));
    String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    return Pattern.compile("HTTP/1\\.1 (\\d+) ")
        .matcher(answers)
        .results()
        .map(r -> r.group(1))
        .toList();
  }

  private static String call(String client, String header) {
    return "GET /api/v1/instruments HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: %s\r\n%s\r\n"
        .formatted(client, header);
  }

  @Test
  void eachMetricIsDescribed() throws Exception {
    List<String> wanted =
        List.of(
            "tapeline_build_info",
            "tapeline_direct_memory_bytes",
            "tapeline_direct_memory_limit_bytes",
            "tapeline_rest_seconds_bucket",
            "jvm_gc_live_data_size_bytes",
            "process_uptime_seconds");
    try (Tapeline tapeline = start(Map.of(), List.of(new FeedPlan.Simulator()))) {
      MetricsPage page = new MetricsPage(get(tapeline, "/metrics").body());
      while (!page.samples().containsAll(wanted)) { // those of the JVM come a moment later
        page = new MetricsPage(get(tapeline, "/metrics").body());
      }
      page.assertDescribed();
      System.gc(); // a gauge of something that nobody else keeps ends here
      assertFalse(get(tapeline, "/metrics").body().contains(" NaN"));
      assertTrue(page.text().contains("{route=\"/metrics\",status=\"2xx\""), page.text());
      assertTrue(page.text().contains("version=\"0.1.0\""), page.text());
    }
  }

  @Test
  void routesOfRestTimesAreBounded() throws Exception {
    try (Tapeline tapeline = start(Map.of(), List.of())) {
      for (int i = 0; i < 20; i++) {
        get(tapeline, "/made-up/" + i);
        get(tapeline, "/api/v1/made-up/" + i);
      }
      String metrics = get(tapeline, "/metrics").body();
      assertTrue(metrics.contains("route=\"other\",status=\"4xx\""), metrics);
      assertFalse(metrics.contains("made-up"), metrics);
    }
  }

  @Test
  void bothPortsServeTheGateway() throws Exception {
    try (Tapeline tapeline = start(Map.of(), List.of())) {
      assertEquals(2, tapeline.ports().size());
      Frames frames = subscribe(tapeline.ports().get(1), "test:one");
      frames.await("\"type\":\"subscribed\"");
    }
  }

  @Test
  void dashboardIsAtTheRoot() throws Exception {
    try (Tapeline tapeline = start(Map.of(), List.of())) {
      HttpResponse<String> page = get(tapeline, "/");
      assertEquals(200, page.statusCode());
      assertTrue(page.body().contains("<title>Tapeline</title>"), page.body());
      String policy = page.headers().firstValue("Content-Security-Policy").orElse("");
      assertTrue(policy.startsWith("default-src 'none'; script-src 'self'; "), policy);
      assertFalse(policy.contains("unsafe"), policy);
    }
  }

  @Test
  void simulatedMarketReachesClientsCacheAndSearch() throws Exception {
    try (Tapeline tapeline = start(Map.of(), List.of(new FeedPlan.Simulator()))) {
      String tick = subscribe(tapeline, "market:tick:NIFTY").await("\"type\":\"data\"");
      assertTrue(tick.contains("\"simulated\":true"), tick);
      String prices = get(tapeline, "/api/v1/current_prices?keys=IDX_I:13").body();
      assertTrue(prices.contains("\"count\":1"), prices);
      assertTrue(prices.endsWith(",\"simulated\":true}"), prices);
      String health = get(tapeline, "/api/v1/health/market_stream").body();
      assertTrue(health.contains("\"healthy\""), health);
      String found = get(tapeline, "/api/v1/instruments?q=NIFTY").body();
      assertTrue(found.contains("\"symbol\":\"NIFTY\""), found);
    }
  }

  @Test
  void drainTellsClientsAndReadiness() throws Exception {
    try (Tapeline tapeline = start(Map.of(), List.of())) {
      Frames frames = subscribe(tapeline, "test:one");
      frames.await("\"type\":\"subscribed\"");
      tapeline.drain(Duration.ofSeconds(2));
      String reconnect = frames.await("\"type\":\"reconnect\"");
      assertTrue(reconnect.contains("\"afterMs\":"), reconnect);
      assertEquals(4000, frames.closed().get(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void portInUseNamesPortSettingAndRemedy() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      Map<String, String> settings = Map.of("TAPELINE_API_PORT", "" + taken.getLocalPort());
      StartException e =
          assertThrows(StartException.class, () -> start(settings, List.of()).close());
      String message = e.getMessage();
      assertTrue(message.contains("port " + taken.getLocalPort()), message);
      assertTrue(message.contains("tapeline-api-port"), message);
    }
  }

  private static Tapeline start(Map<String, String> settings, List<FeedPlan> plan) {
    Map<String, String> all =
        new HashMap<>(
            Map.of(
                "TAPELINE_BIND_HOST", "127.0.0.1",
                "TAPELINE_API_PORT", "0",
                "REDIS_WS_GATEWAY_PORT", "0",
                "GATEWAY_API_KEY", KEY));
    all.putAll(settings);
    return Tapeline.start(Settings.load(all, Map.of()), plan);
  }

  private Frames subscribe(Tapeline tapeline, String channel) throws Exception {
    return subscribe(tapeline.ports().getFirst(), channel);
  }

  private Frames subscribe(int port, String channel) throws Exception {
    Frames frames = new Frames();
    WebSocket socket =
        client
            .newWebSocketBuilder()
            .buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws"), frames)
            .get(10, TimeUnit.SECONDS);
    socket.sendText("{\"action\":\"subscribe\",\"channels\":[\"" + channel + "\"]}", true);
    return frames;
  }

  private HttpResponse<String> get(Tapeline tapeline, String path) throws Exception {
    return client.send(request(tapeline, path).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> publish(Tapeline tapeline, String channel, String data)
      throws Exception {
    String body = "{\"channel\":\"" + channel + "\",\"data\":" + data + "}";
    HttpRequest request =
        request(tapeline, "/api/v1/publish")
            .header("Authorization", "Bearer " + KEY)
            .POST(BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(Tapeline tapeline, String path) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + tapeline.ports().getFirst() + path));
  }
}
