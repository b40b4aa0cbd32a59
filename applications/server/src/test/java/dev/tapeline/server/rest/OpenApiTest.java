package dev.tapeline.server.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.access.policy.Identity;
import dev.tapeline.access.token.KeyServer;
import dev.tapeline.access.token.TokenMaker;
import dev.tapeline.core.Nodes;
import dev.tapeline.feed.dhan.master.MasterParser;
import dev.tapeline.feed.dhan.master.SampleMaster;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.plant.watch.PolledChain;
import dev.tapeline.plant.watch.Wishes;
import dev.tapeline.rest.http.Problem;
import dev.tapeline.store.PostgresForTests;
import dev.tapeline.store.database.Database;
import dev.tapeline.store.history.sql.SqlHistory;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * Each answer of a real server must match the description, and every described answer must occur.
 */
class OpenApiTest {

  private static final String SESSION = "/api/v1/session";
  private static final String CHANNEL = "{\"channel\":\"c\",\"data\":";

  private final ApiDescription description;

  OpenApiTest() throws Exception {
    try (RestRig rig = new RestRig(Map.of())) {
      description = ApiDescription.of(rig);
    }
  }

  @Test
  void realAnswersAreAsDescribed() throws Exception {
    try (RestRig rig = new RestRig(Map.of())) {
      rig.put("ltp:A:1", "1.50");
      check("get", "/openapi.json", rig.get("/openapi.json"));
      check("get", "/api/v1/current_prices", rig.get("/api/v1/current_prices?keys=A:1,A:2"));
      rig.put("market_stream:simulated", "true");
      check("get", "/api/v1/current_prices", rig.get("/api/v1/current_prices?keys=A:1,A:2"));
      check("get", "/api/v1/current_prices", rig.get("/api/v1/current_prices"));
      check("get", "/api/v1/instruments", rig.get("/api/v1/instruments?q="));
      check("get", "/api/v1/instruments", rig.get("/api/v1/instruments?q=" + "a".repeat(101)));
      check("get", SESSION, rig.get(SESSION));
      for (String at : List.of("2026-12-07T10:06:30Z", "2026-11-08T12:00:00Z")) {
        check("get", SESSION, rig.get(SESSION + "?at=" + at));
      }
      check("get", SESSION, rig.get(SESSION + "?exchange=NYSE"));
      checkInstruments(rig);
      check("get", "/api/v1/health/market_stream", rig.get("/api/v1/health/market_stream"));
      check(
          "get",
          "/api/v1/health/market_stream",
          rig.get("/api/v1/health/market_stream?source=%20"));
      rig.put("market_stream:heartbeat", RestRig.NOW.toString());
      check("get", "/api/v1/health/market_stream", rig.get("/api/v1/health/market_stream"));
      check("get", "/api/v1/nodes", rig.get("/api/v1/nodes"));
      check("post", "/api/v1/publish", rig.publish(CHANNEL + "{}}"));
      check("post", "/api/v1/publish", rig.publish("{}"));
      check("post", "/api/v1/publish", rig.post("/api/v1/publish", CHANNEL + "1}"));
      check("post", "/api/v1/publish", rig.publish(CHANNEL + '"' + "x".repeat(1 << 20) + "\"}"));
      check("get", "/health/live", rig.get("/health/live"));
      check("get", "/health/ready", rig.get("/health/ready"));
      check("get", "/metrics", rig.get("/metrics"));
      rig.bus.close();
      check("post", "/api/v1/publish", rig.publish(CHANNEL + "1}"));
      check("get", "/health/ready", rig.get("/health/ready"));
    }
    try (RestRig keyless = new RestRig(Map.of("GATEWAY_API_KEY", ""))) {
      check("post", "/api/v1/publish", keyless.publish(CHANNEL + "1}"));
    }
    try (RestRig away = new RestRig(Map.of(), new AwayCache())) {
      check("get", "/api/v1/current_prices", away.get("/api/v1/current_prices?keys=A:1"));
      check("get", "/api/v1/health/market_stream", away.get("/api/v1/health/market_stream"));
    }
    checkChains();
    checkHistory();
    checkNodes();
    checkWatch();
    checkAdministration();
    checkLimited();
    checkUnidentified();
    checkBodies();
    assertEquals(description.calls(), description.seen());
  }

  private void checkInstruments(RestRig rig) throws Exception {
    String path = "/api/v1/instruments";
    byte[] master = SampleMaster.ofDay(LocalDate.EPOCH, rig.instruments.of("simulator"));
    rig.instruments.addCatalogue(
        "dhan", MasterParser.parse(new ByteArrayInputStream(master), LocalDate.EPOCH));
    check("get", path, rig.get(path + "?q="));
    check("get", path, rig.get(path + "?underlying=NIFTY&right=ce"));
    check("get", path, rig.get(path + "?q=fut&limit=500"));
    check("get", path, rig.get(path + "?q=" + "a".repeat(101)));
    check("get", path, rig.get(path + "?expiry=never"));
  }

  private static final String EXPIRIES = "/api/v1/option-chain/{symbol}/expiries";
  private static final String OPTIONS = "/api/v1/option-chain/{symbol}/{expiry}";
  private static final String HISTORY = "/api/v1/option-chain/{symbol}/{expiry}/history";

  private void checkChains() throws Exception {
    try (RestRig rig = new RestRig(Map.of())) {
      byte[] master = SampleMaster.ofDay(LocalDate.EPOCH, rig.instruments.of("simulator"));
      rig.instruments.addCatalogue(
          "dhan", MasterParser.parse(new ByteArrayInputStream(master), LocalDate.EPOCH));
      String expiry = rig.instruments.expiries("NIFTY").getFirst().toString();
      checkChain(rig, "NIFTY", expiry);
      checkChain(rig, "NIFTY", "1970-01-01");
      checkChain(rig, "NIFTY", "soon");
      checkChain(rig, "NOTHING", expiry);
      String key = "option-chain:NIFTY:" + expiry;
      String chain = OptionChainApiTest.CHAIN.formatted(expiry);
      rig.put(key, chain);
      rig.put(key + ":0", chain);
      checkChain(rig, "NIFTY", expiry);
    }
    try (RestRig away = new RestRig(Map.of(), new AwayCache())) {
      checkChain(away, "NIFTY", "2026-12-08");
    }
  }

  private void checkChain(RestRig rig, String symbol, String expiry, String... headers)
      throws Exception {
    for (String path : List.of(EXPIRIES, OPTIONS, HISTORY)) {
      String call = path.replace("{symbol}", symbol).replace("{expiry}", expiry);
      check("get", path, rig.get(call, headers));
    }
  }

  private static final List<String> PAST =
      List.of("/api/v1/candles/{symbol}", "/api/v1/indicators/{symbol}", "/api/v1/ticks/{symbol}");

  private void checkHistory() throws Exception {
    try (RestRig rig = new RestRig(Map.of());
        Database database = PostgresForTests.upDatabase()) {
      checkPast(rig, "");
      SqlHistory history = new SqlHistory(database.jdbi());
      history.append(HistoryApiTest.rows());
      rig.history = Optional.of(history);
      checkPast(rig, "");
      checkPast(rig, "?limit=2");
      checkPast(rig, "?limit=0");
      checkPast(rig, "", "Accept", "text/csv");
      checkPast(rig, "", "Accept", "application/vnd.apache.arrow.stream");
      checkPast(rig, "", "Accept", "image/png");
      checkPastChains(rig);
    }
  }

  private void checkPast(RestRig rig, String query, String... headers) throws Exception {
    for (String path : PAST) {
      check("get", path, rig.get(path.replace("{symbol}", "BTCUSDT") + query, headers));
    }
  }

  private void checkPastChains(RestRig rig) throws Exception {
    String path = HISTORY.replace("{symbol}", "NIFTY").replace("{expiry}", "2026-12-08");
    check("get", HISTORY, rig.get(path + "?limit=1"));
    check("get", HISTORY, rig.get(path + "?limit=2&origin=live"));
    check("get", HISTORY, rig.get(path + "?limit=101"));
    check("get", HISTORY, rig.get(path + "?source=nobody"));
  }

  private void checkNodes() throws Exception {
    Map<String, String> feed = Map.of("TAPELINE_FEED", "simulator");
    try (RestRig away = new RestRig(feed, new AwayCache(), ToldNodes.AWAY)) {
      check("get", "/api/v1/nodes", away.get("/api/v1/nodes"));
      check("get", "/health/ready", away.get("/health/ready"));
    }
    String other = new JsonMapper().writeValueAsString(RestRig.report("none", false));
    Nodes nodes = ToldNodes.of(10_000, new Nodes.Told("n2", 1_000, other));
    try (RestRig two = new RestRig(feed, new AwayCache(), nodes)) {
      check("get", "/api/v1/nodes", two.get("/api/v1/nodes"));
    }
  }

  private static final String[] ADMIN = {"Authorization", "Bearer " + RestRig.KEY};
  private static final String CONNECTIONS = "/api/v1/admin/connections";
  private static final String CHANNELS = "/api/v1/admin/channels";
  private static final String CLOSE_ONE = "/api/v1/admin/connections/{id}/close";
  private static final String CLOSE = "/api/v1/admin/close";
  private static final String MOVE = "/api/v1/admin/move";

  private void checkAdministration() throws Exception {
    String secret = "a secret of tests that is long enough";
    try (RestRig rig = new RestRig(Map.of("JWT_SECRET", secret))) {
      String user = TokenMaker.make(secret, new Identity("u1", "user", null));
      checkAdministrators(rig);
      checkAdministrators(rig, "Authorization", "Bearer " + user);
      String publish = "/api/v1/publish";
      check("post", publish, rig.post(publish, CHANNEL + "1}", "X-API-Key", user));
      checkAdministrators(rig, ADMIN);
      int port = rig.startGateway();
      try (AdminApiTest.Client client = new AdminApiTest.Client(port, "?token=" + user)) {
        client.subscribe();
        check("get", CONNECTIONS, rig.get(CONNECTIONS + "?user=u1&channel=*", ADMIN));
        check("get", CONNECTIONS, rig.get(CONNECTIONS + "?sort=beauty", ADMIN));
        check("get", CHANNELS, rig.get(CHANNELS, ADMIN));
        check("get", CHANNELS, rig.get(CHANNELS + "?limit=-1", ADMIN));
        check("post", CLOSE, rig.post(CLOSE, "{}", ADMIN));
        check("post", MOVE, rig.post(MOVE, "{\"seconds\":0}", ADMIN));
        String id = AdminApiTest.idOf(rig.get(CONNECTIONS, ADMIN));
        String path = CLOSE_ONE.replace("{id}", id);
        check("post", CLOSE_ONE, rig.post(path, "{\"reconnect\":1}", ADMIN));
        check("post", CLOSE_ONE, rig.post(path, "", ADMIN));
        check("post", CLOSE, rig.post(CLOSE, "{\"user\":\"u1\"}", ADMIN));
        check("post", MOVE, rig.post(MOVE, "{\"seconds\":1}", ADMIN));
      }
    }
  }

  private void checkAdministrators(RestRig rig, String... headers) throws Exception {
    check("get", CONNECTIONS, rig.get(CONNECTIONS, headers));
    check("get", CHANNELS, rig.get(CHANNELS, headers));
    check("post", CLOSE_ONE, rig.post(CLOSE_ONE.replace("{id}", "0"), "", headers));
    check("post", CLOSE, rig.post(CLOSE, "{\"user\":\"u1\"}", headers));
    check("post", MOVE, rig.post(MOVE, "{\"seconds\":1}", headers));
  }

  private static final String SCREENERS = "/api/v1/screeners";
  private static final String SCREENER = "/api/v1/screeners/{name}";
  private static final String START = "/market/polling/start";
  private static final String STOP = "/market/polling/stop";
  private static final String POLLING_STATUS = "/market/polling/status";
  private static final String CHAIN = "{\"symbol\":\"NIFTY\",\"expiry\":\"2026-12-08\"}";

  private void checkWatch() throws Exception {
    String secret = "a secret of tests that is long enough";
    Path roles = Files.createTempFile("roles", ".yaml");
    Files.writeString(roles, "roles:\n  narrow:\n    subscribe: {allow: [\"market:*\"]}\n");
    try (RestRig rig =
        new RestRig(Map.of("JWT_SECRET", secret, "TAPELINE_ACCESS_FILE", roles.toString()))) {
      String user = TokenMaker.make(secret, new Identity("u1", "narrow", null));
      checkWatchers(rig, ADMIN);
      checkWatchers(rig, "Authorization", "Bearer " + user);
      checkChain(rig, "NIFTY", "2026-12-08", "Authorization", "Bearer " + user);
      checkWatchers(rig);
      check("get", SCREENERS, rig.get(SCREENERS));
      rig.polled =
          List.of(new PolledChain("NIFTY", "2026-12-08", "dhan", 0, 3000, 5, 1, true, "x"));
      check("get", POLLING_STATUS, rig.get(POLLING_STATUS));
      check("put", SCREENER, rig.put("/api/v1/screeners/a", "{}", ADMIN));
      check("post", START, rig.post(START, "{}"));
      check("post", STOP, rig.post(STOP, "[]"));
      for (int i = rig.wishes.wishes().chains().size(); i < Wishes.MAX; i++) {
        rig.wishes.poll(new ChainKey("S" + i, LocalDate.of(2026, 12, 8)), 3000);
      }
      check("post", START, rig.post(START, CHAIN, ADMIN));
    } finally {
      Files.delete(roles);
    }
  }

  private void checkWatchers(RestRig rig, String... headers) throws Exception {
    String path = "/api/v1/screeners/a";
    check("put", SCREENER, rig.put(path, "{\"symbols\":[\"TCS\"]}", headers));
    check("get", SCREENER, rig.get(path, headers));
    check("delete", SCREENER, rig.delete(path, headers));
    check("delete", SCREENER, rig.delete(path, headers));
    check("get", SCREENER, rig.get(path, headers));
    check("post", START, rig.post(START, CHAIN, headers));
    check("post", STOP, rig.post(STOP, CHAIN, headers));
  }

  /** Checks calls without a token, and with a token that can't be checked. */
  private void checkUnidentified() throws Exception {
    try (KeyServer provider = KeyServer.away();
        RestRig closed =
            new RestRig(
                Map.of("REQUIRE_AUTH", "true", "JWT_JWKS_URL", provider.address().toString()))) {
      String[] bearer = {"Authorization", "Bearer " + provider.token("u1")};
      for (String[] headers : List.of(new String[0], bearer)) {
        for (String path :
            List.of(
                "/api/v1/current_prices",
                "/api/v1/instruments",
                SCREENERS,
                POLLING_STATUS,
                SESSION,
                "/api/v1/health/market_stream",
                "/api/v1/nodes")) {
          check("get", path, closed.get(path, headers));
        }
        checkChain(closed, "NIFTY", "2026-12-08", headers);
        checkPast(closed, "", headers);
        checkAdministrators(closed, headers);
        checkWatchers(closed, headers);
      }
    }
  }

  private void checkLimited() throws Exception {
    Map<String, String> settings =
        Map.of("TAPELINE_REST_RATE_PER_SECOND", "1", "TAPELINE_REST_RATE_BURST", "1");
    try (RestRig limited = new RestRig(settings)) {
      limited.get("/api/v1/instruments");
      check("get", "/api/v1/current_prices", limited.get("/api/v1/current_prices"));
      check("get", "/api/v1/instruments", limited.get("/api/v1/instruments"));
      check("get", SESSION, limited.get(SESSION));
      checkChain(limited, "NIFTY", "2026-12-08");
      checkPast(limited, "");
      check("get", "/api/v1/health/market_stream", limited.get("/api/v1/health/market_stream"));
      check("get", "/api/v1/nodes", limited.get("/api/v1/nodes"));
      limited.get("/metrics");
      check("get", "/metrics", limited.get("/metrics"));
      check("get", "/openapi.json", limited.get("/openapi.json"));
      check("post", "/api/v1/publish", limited.publish("{}"));
      checkAdministrators(limited, ADMIN);
      checkWatchers(limited, ADMIN);
      check("get", SCREENERS, limited.get(SCREENERS));
      check("get", POLLING_STATUS, limited.get(POLLING_STATUS));
    }
  }

  private static final String HEAD =
      "%s %s HTTP/1.1\r\nHost: h\r\nX-API-Key: " + RestRig.KEY + "\r\nContent-Length: 999\r\n\r\n";

  /** Checks bodies that are too long, too slow, or too much for the budget. */
  private void checkBodies() throws Exception {
    Map<String, String> small =
        Map.of("TAPELINE_REST_MAX_BODY_BYTES", "1000", "TAPELINE_REST_BODIES_TOTAL_BYTES", "2000");
    Map<String, String> hasty = Map.of("TAPELINE_HANDSHAKE_TIMEOUT", "100ms");
    try (RestRig rig = new RestRig(small);
        RestRig impatient = new RestRig(hasty);
        Caller first = new Caller(rig);
        Caller second = new Caller(rig)) {
      int _ = rig.startGateway();
      int _ = impatient.startGateway();
      first.send(HEAD.formatted("POST", MOVE) + "x");
      second.send(HEAD.formatted("POST", MOVE) + "x");
      rig.awaitMetric("tapeline_rest_bodies_bytes 1998.0");
      for (String path : List.of("/api/v1/publish", CLOSE_ONE, CLOSE, MOVE, START, STOP)) {
        String call = path.replace("{id}", "1");
        check("post", path, rig.post(call, "x".repeat(1001), ADMIN));
        check("post", path, rig.post(call, "too much", ADMIN));
        checkSlow("post", path, HEAD.formatted("POST", call), impatient);
      }
      String screener = "/api/v1/screeners/a";
      check("put", SCREENER, rig.put(screener, "x".repeat(1001), ADMIN));
      check("put", SCREENER, rig.put(screener, "too much", ADMIN));
      checkSlow("put", SCREENER, HEAD.formatted("PUT", screener), impatient);
    }
  }

  private void checkSlow(String method, String path, String head, RestRig rig) throws Exception {
    try (Caller slow = new Caller(rig)) {
      String answer = slow.send(head).answer();
      int body = answer.indexOf("\r\n\r\n") + 4;
      String type = answer.contains(Problem.CONTENT_TYPE) ? Problem.CONTENT_TYPE : "another";
      int status = Integer.parseInt(answer.split(" ", 3)[1]);
      description.check(method, path, status, type, answer.substring(body));
    }
  }

  private void check(String method, String path, HttpResponse<String> answer) {
    description.check(method, path, answer);
  }
}
