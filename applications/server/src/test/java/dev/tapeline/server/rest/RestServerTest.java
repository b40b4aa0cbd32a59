package dev.tapeline.server.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.rest.PriceFetch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestServerTest {

  private static RestRig rig;

  @BeforeAll
  static void start() {
    rig = new RestRig(Map.of("TAPELINE_REST_RATE_BURST", "100000"));
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  @BeforeEach
  void clear() {
    rig.published.clear();
  }

  @Test
  void whatTheCacheDoesNotHaveIsAskedOfTheVendors() throws Exception {
    rig.put("ltp:NSE_EQ:1", "1.50");
    rig.prices =
        keys -> {
          assertEquals(List.of("NSE_EQ:2", "NSE_EQ:3"), keys);
          return Map.of("NSE_EQ:2", "2.5");
        };
    String answer =
        rig.get("/api/v1/current_prices?keys=NSE_EQ:1,NSE_EQ:2,NSE_EQ:3,NSE_EQ:2").body();
    rig.prices = PriceFetch.NONE;
    assertTrue(answer.contains("{\"NSE_EQ:1\":1.50,\"NSE_EQ:2\":2.5}"), answer);
    assertTrue(answer.endsWith("\"count\":2,\"cached_count\":1,\"api_fetched_count\":1}"), answer);
  }

  @Test
  void currentPricesInTheOrderAskedAsTheyAreInTheCache() throws Exception {
    rig.put("ltp:NSE_EQ:1333", "1234.50");
    rig.put("ltp:NSE_EQ:11536", "5678.9");
    rig.put("ltp:NSE_EQ:1", "no number");
    HttpResponse<String> answer =
        rig.get("/api/v1/current_prices?keys=NSE_EQ:11536,NSE_EQ:1333,NSE_EQ:1,NSE_EQ:2");
    assertEquals(200, answer.statusCode());
    assertEquals(
        "{\"prices\":{\"NSE_EQ:11536\":5678.9,\"NSE_EQ:1333\":1234.50},"
            + "\"timestamp\":\"2024-01-01T12:00:15Z\",\"count\":2,\"cached_count\":2,"
            + "\"api_fetched_count\":0}",
        answer.body());
    assertEquals("application/json", answer.headers().firstValue("Content-Type").orElseThrow());
    assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElseThrow());
  }

  @Test
  void simulatedPricesSaySo() throws Exception {
    try (RestRig simulated = new RestRig(Map.of())) {
      simulated.put("market_stream:simulated", "true");
      simulated.put("simulated:A:1", "true");
      simulated.put("ltp:A:1", "1.50");
      simulated.put("ltp:B:1", "2");
      assertEquals(
          "{\"prices\":{\"A:1\":1.50},\"timestamp\":\"2024-01-01T12:00:15Z\",\"count\":1,"
              + "\"cached_count\":1,\"api_fetched_count\":0,\"simulated\":true}",
          simulated.get("/api/v1/current_prices?keys=A:1").body());
      String ofAnother = simulated.get("/api/v1/current_prices?keys=B:1").body();
      assertTrue(ofAnother.contains("\"B:1\":2}"), ofAnother);
      assertFalse(ofAnother.contains("simulated"), ofAnother);
    }
  }

  @Test
  void keysMayRepeatAndBeEncoded() throws Exception {
    rig.put("ltp:BINANCE:M&M", "1");
    String body = rig.get("/api/v1/current_prices?keys=BINANCE%3AM%26M&keys=BINANCE:M%26M").body();
    assertTrue(body.startsWith("{\"prices\":{\"BINANCE:M&M\":1},"), body);
  }

  @Test
  void thousandKeysAndNoMore() throws Exception {
    assertEquals(200, rig.get("/api/v1/current_prices?keys=" + keys(1_000)).statusCode());
    assertProblem(400, rig.get("/api/v1/current_prices?keys=" + keys(1_001)));
  }

  private static String keys(int count) {
    return IntStream.range(0, count).mapToObj(i -> "A:" + i).collect(Collectors.joining(","));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?keys=",
        "?keys=NIFTY",
        "?keys=A:1,",
        "?keys=A:%22",
        "?keys=A:1+",
        "?keys=A:B:C",
        "?keys=:"
      })
  void malformedKeysAreRefused(String query) throws Exception {
    assertProblem(400, rig.get("/api/v1/current_prices" + query));
  }

  @ParameterizedTest
  @CsvSource({
    "2024-01-01T12:00:00Z,healthy,15.000",
    "2024-01-01T11:59:30.001Z,healthy,44.999",
    "2024-01-01T11:59:30Z,stale,45.000",
    "2024-01-01T12:00:16Z,healthy,0.000",
    "2024-01-01T12:00:20Z,healthy,0.000",
    "2024-01-01T12:00:20.001Z,stale,-5.001",
    "2024-01-01T13:00:15Z,stale,-3600.000",
    "+999999999-12-31T23:59:59Z,stale,-31556888128670384.000",
    "-999999999-01-01T00:00:00Z,stale,31557015839707215.000",
  })
  void heartbeatTells(String heartbeat, String status, String age) throws Exception {
    rig.put("market_stream:heartbeat", heartbeat);
    assertEquals(
        ("{\"status\":\"%s\",\"heartbeat_age_seconds\":%s,\"heartbeat_timestamp\":\"%s\","
                + "\"timestamp\":\"2024-01-01T12:00:15Z\"}")
            .formatted(status, age, heartbeat),
        rig.get("/api/v1/health/market_stream").body());
  }

  @Test
  void laterRequestsOfAConnectionGoToAllowedHostsToo() throws Exception {
    try (RestRig local = new RestRig(Map.of("TAPELINE_ALLOWED_HOSTS", "localhost"));
        Socket socket = new Socket("127.0.0.1", local.server.port())) {
      socket.setSoTimeout(10_000);
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      assertEquals("HTTP/1.1 200 OK", answer(socket, in, "localhost:8080"));
      assertEquals("HTTP/1.1 421 Misdirected Request", answer(socket, in, "evil.example"));
    }
  }

  /** The status line of an answer; the rest is skipped when the next answer is read. */
  private static String answer(Socket socket, BufferedReader in, String host) throws IOException {
    String request = "GET /health/live HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(host);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    String line = in.readLine();
    while (!line.contains("HTTP/1.1 ")) {
      line = in.readLine();
    }
    return line.substring(line.indexOf("HTTP/1.1 "));
  }

  @Test
  void brokenHeartbeatIsAnError() throws Exception {
    rig.put("market_stream:heartbeat", "yesterday");
    String body = rig.get("/api/v1/health/market_stream").body();
    assertTrue(body.startsWith("{\"status\":\"error\",\"heartbeat_age_seconds\":null,"), body);
  }

  @Test
  void instrumentsBySearch() throws Exception {
    assertEquals(
        "{\"instruments\":[{\"symbol\":\"NIFTY\",\"key\":\"IDX_I:13\",\"segment\":\"IDX_I\","
            + "\"securityId\":\"13\",\"name\":\"Nifty 50\",\"type\":\"index\",\"tickSize\":0.05}],"
            + "\"count\":1}",
        rig.get("/api/v1/instruments?q=nifty").body());
    assertTrue(rig.get("/api/v1/instruments").body().endsWith("\"count\":2}"));
    assertProblem(400, rig.get("/api/v1/instruments?q=" + "a".repeat(101)));
  }

  @Test
  void publishedBytesAreThoseOfTheRequest() throws Exception {
    String data = "{ \"p\" : 1.50,\t\"é\":[ ] }";
    HttpResponse<String> answer =
        rig.publish("{\"channel\":\"market:tick:X\", \"data\": " + data + " }");
    assertEquals(200, answer.statusCode());
    assertEquals(
        List.of("market:tick:X " + data), rig.published.stream().map(Object::toString).toList());
    assertEquals(RestRig.NOW.toEpochMilli(), rig.published.getFirst().stamps().ingest());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Basic abc", "Bearer", "Bearer wrong", "bearer a-key-for-the-test"})
  void publishingNeedsTheKey(String authorization) throws Exception {
    String body = "{\"channel\":\"c\",\"data\":1}";
    HttpResponse<String> answer =
        authorization.isEmpty()
            ? rig.post("/api/v1/publish", body)
            : rig.post("/api/v1/publish", body, "Authorization", authorization);
    assertProblem(401, answer);
    assertTrue(answer.headers().firstValue("WWW-Authenticate").orElseThrow().startsWith("Bearer"));
    assertEquals(List.of(), rig.published);
  }

  @Test
  void withoutAKeyNobodyPublishes() throws Exception {
    try (RestRig open = new RestRig(Map.of("GATEWAY_API_KEY", ""))) {
      assertProblem(401, open.publish("{\"channel\":\"c\",\"data\":1}"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"channel\":\"\",\"data\":1}",
        "{\"channel\":\"a*\",\"data\":1}",
        "{\"channel\":\"a\\u0000\",\"data\":1}",
        "{\"channel\":\"a\"}",
        "nonsense"
      })
  void badPublicationsAreRefused(String body) throws Exception {
    assertProblem(400, rig.publish(body));
    assertEquals(List.of(), rig.published);
  }

  @Test
  void publicationsHaveALimitAndSoHaveBodies() throws Exception {
    String big = "\"" + "x".repeat((1 << 20) - 2) + "\"";
    assertEquals(200, rig.publish("{\"channel\":\"c\",\"data\":" + big + "}").statusCode());
    assertProblem(413, rig.publish("{\"channel\":\"c\",\"data\":[" + big + "]}"));
  }

  @Test
  void longBodiesAreRefused() throws Exception {
    try (RestRig small = new RestRig(Map.of("TAPELINE_REST_MAX_BODY_BYTES", "100"))) {
      assertProblem(413, small.publish("{\"channel\":\"" + "c".repeat(100) + "\",\"data\":1}"));
    }
  }

  @Test
  void readinessFollowsBusAndDrain() throws Exception {
    try (RestRig other = new RestRig(Map.of())) {
      assertEquals("{\"status\":\"ready\"}", other.get("/health/ready").body());
      other.bus.close();
      other.readiness.drain();
      HttpResponse<String> answer = other.get("/health/ready");
      assertProblem(503, answer);
      assertTrue(
          answer.body().endsWith("\"reasons\":[\"the server is draining\",\"the bus is down\"]}"),
          answer.body());
      assertEquals(200, other.get("/health/live").statusCode());
      assertProblem(503, other.publish("{\"channel\":\"c\",\"data\":1}"));
    }
  }

  @Test
  void cacheThatIsAwayIsTold() throws Exception {
    try (RestRig away = new RestRig(Map.of(), new AwayCache())) {
      assertProblem(503, away.get("/api/v1/current_prices?keys=A:1"));
      assertTrue(
          away.get("/api/v1/health/market_stream").body().startsWith("{\"status\":\"error\""));
    }
  }

  @Test
  void callsAreLimitedByAddress() throws Exception {
    Map<String, String> settings =
        Map.of(
            "TAPELINE_REST_RATE_PER_SECOND", "1",
            "TAPELINE_REST_RATE_BURST", "2",
            "TRUSTED_PROXIES", "127.0.0.0/8,10.0.0.1");
    try (RestRig limited = new RestRig(settings)) {
      String path = "/api/v1/instruments";
      for (int i = 0; i < 2; i++) {
        assertEquals(200, limited.get(path, "X-Forwarded-For", "6.6.6.6, 1.1.1.1").statusCode());
      }
      HttpResponse<String> answer = limited.get(path, "X-Forwarded-For", "1.1.1.1, 10.0.0.1");
      assertProblem(429, answer);
      assertEquals("1", answer.headers().firstValue("Retry-After").orElseThrow());
      assertEquals(200, limited.get(path, "X-Forwarded-For", "2.2.2.2").statusCode());
      assertEquals(200, limited.get(path, "X-Forwarded-For", "2001:db8::1").statusCode());
      assertEquals(200, limited.get(path, "X-Forwarded-For", "2001:db8::2:2").statusCode());
      assertProblem(429, limited.get(path, "X-Forwarded-For", "2001:db8::3"));
      assertEquals(200, limited.get("/health/live").statusCode());
      String metrics = limited.get("/metrics").body();
      assertTrue(metrics.contains("tapeline_rest_limited_total 2.0"), metrics);
    }
  }

  @Test
  void forwardedAddressOfAStrangerCountsForNothing() throws Exception {
    Map<String, String> settings =
        Map.of("TAPELINE_REST_RATE_PER_SECOND", "1", "TAPELINE_REST_RATE_BURST", "1");
    try (RestRig limited = new RestRig(settings)) {
      String path = "/api/v1/instruments";
      assertEquals(200, limited.get(path, "X-Forwarded-For", "1.1.1.1").statusCode());
      assertProblem(429, limited.get(path, "X-Forwarded-For", "2.2.2.2"));
    }
  }

  @Test
  void proxyHeaderIsNoRequestOnAPortWithoutAGateway() throws Exception {
    try (RestRig trusting = new RestRig(Map.of("TRUSTED_PROXIES", "127.0.0.1"));
        Socket socket = new Socket("127.0.0.1", trusting.server.port())) {
      socket.setSoTimeout(10_000);
      String call =
          "PROXY TCP4 1.1.1.1 127.0.0.1 1111 80\r\nGET /health/live HTTP/1.1\r\nHost: h\r\n\r\n";
      socket.getOutputStream().write(call.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(12);
      assertEquals("HTTP/1.1 400", new String(answer, StandardCharsets.US_ASCII));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ws", "/x", "/", "/api/v1/instruments"})
  void upgradesAreRefusedAndLeaveNothing(String path) throws Exception {
    String call =
        "GET %s HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: h2c, WebSocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
    try (Socket socket = new Socket("127.0.0.1", rig.server.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(call.formatted(path).getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertTrue(answer.startsWith("HTTP/1.1 421 "), answer);
      assertTrue(answer.contains("\r\nContent-Type: application/problem+json"), answer);
      assertFalse(answer.contains("Cookie"), answer);
    }
  }

  /** As when a proxy removes the upgrade header, and leaves the rest. */
  @Test
  void aVersionOfWebSocketAloneIsNoUpgrade() throws Exception {
    HttpResponse<String> answer = rig.get("/health/live", "Sec-WebSocket-Version", "13");
    assertEquals(200, answer.statusCode());
    assertFalse(answer.headers().firstValue("Set-Cookie").isPresent());
  }

  @Test
  void whatIsNotThereIsAProblem() throws Exception {
    assertProblem(404, rig.get("/api/v1/none"));
    assertProblem(404, rig.get("/none"));
    assertProblem(405, rig.post("/api/v1/instruments", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/instruments,'GET, HEAD'",
    "/api/v1/admin/connections,'GET, HEAD'",
    "/health/live,'GET, HEAD'",
    "/metrics,'GET, HEAD'",
    "/openapi.json,'GET, HEAD'"
  })
  void otherMethodsAreToldWhichThereAre(String path, String allowed) throws Exception {
    HttpResponse<String> answer = rig.post(path, "");
    assertProblem(405, answer);
    assertEquals(allowed, answer.headers().firstValue("Allow").orElseThrow());
    HttpResponse<String> page = rig.post(path, "", "Accept", "text/html");
    assertEquals(allowed, page.headers().firstValue("Allow").orElseThrow());
  }

  @Test
  void callsForActsAreNoGets() throws Exception {
    HttpResponse<String> answer = rig.get("/api/v1/publish");
    assertProblem(405, answer);
    assertEquals("POST", answer.headers().firstValue("Allow").orElseThrow());
  }

  @Test
  void pagesAndMetricsAreLimitedApartFromCalls() throws Exception {
    Map<String, String> settings =
        Map.of("TAPELINE_REST_RATE_PER_SECOND", "1", "TAPELINE_REST_RATE_BURST", "3");
    try (RestRig limited = new RestRig(settings)) {
      for (String path : List.of("/metrics", "/", "/openapi.json")) {
        assertEquals(200, limited.get(path).statusCode(), path);
      }
      for (String path : List.of("/metrics", "/", "/openapi.json", "/none")) {
        assertProblem(429, limited.get(path));
      }
      assertEquals(200, limited.get("/api/v1/instruments").statusCode());
      assertEquals(200, limited.get("/health/live").statusCode());
      assertEquals(200, limited.get("/health/ready").statusCode());
    }
  }

  @Test
  void linesEndWithCarriageReturnAndLineFeed() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", rig.server.port())) {
      socket.setSoTimeout(10_000);
      String call = "GET /health/live HTTP/1.1\nHost: h\n\n";
      socket.getOutputStream().write(call.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(12);
      assertEquals("HTTP/1.1 400", new String(answer, StandardCharsets.US_ASCII));
    }
  }

  @Test
  void metricsAreThePrometheusText() throws Exception {
    HttpResponse<String> answer = rig.get("/metrics");
    assertEquals(200, answer.statusCode());
    assertTrue(answer.body().contains("# TYPE tapeline_rest_limited_total counter"));
  }

  private static void assertProblem(int status, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode(), answer.body());
    String type = answer.headers().firstValue("Content-Type").orElse("");
    assertTrue(type.startsWith("application/problem+json"), type);
    assertTrue(answer.body().contains("\"status\":" + status), answer.body());
    assertFalse(answer.body().contains("Exception"), answer.body());
  }
}
