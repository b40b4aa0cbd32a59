package dev.tapeline.server.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tapeline.access.policy.Identity;
import dev.tapeline.access.token.KeyServer;
import dev.tapeline.access.token.TokenMaker;
import dev.tapeline.core.Publication;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** A server that asks each caller for a token or a key. */
@Isolated("it reads the log of all servers in this JVM")
class RestAccessTest {

  private static final String SECRET = "a secret of tests that is long enough";
  private static final Map<String, String> REQUIRED =
      Map.of("REQUIRE_AUTH", "true", "JWT_SECRET", SECRET);

  @TempDir private Path folder;

  private static String token(long seconds) {
    return token("user", seconds);
  }

  private static String token(String role, long seconds) {
    Instant end = Instant.now().plusSeconds(seconds);
    return TokenMaker.make(SECRET, new Identity("u1", role, end));
  }

  @Test
  void callsNeedATokenOrAKeyThatCounts() throws Exception {
    try (RestRig rig = new RestRig(REQUIRED)) {
      String path = "/api/v1/instruments?q=nifty";
      HttpResponse<String> refused = rig.get(path);
      assertEquals(401, refused.statusCode());
      assertEquals("Bearer", refused.headers().firstValue("WWW-Authenticate").orElseThrow());
      assertEquals(401, rig.get(path, "Authorization", "Bearer " + token(-60)).statusCode());
      assertEquals(401, rig.get(path, "Authorization", "Basic dTpw").statusCode());
      assertEquals(200, rig.get(path, "Authorization", "Bearer " + token(60)).statusCode());
      assertEquals(200, rig.get(path, "X-API-Key", RestRig.KEY).statusCode());
      assertEquals(200, rig.get(path + "&token=" + token(60)).statusCode());
    }
  }

  @Test
  void whileKeysCantBeReadCallsAreToComeBack() throws Exception {
    try (KeyServer provider = KeyServer.away();
        RestRig rig =
            new RestRig(
                Map.of("REQUIRE_AUTH", "true", "JWT_JWKS_URL", provider.address().toString()))) {
      provider.publishOwn();
      String path = "/api/v1/instruments?q=nifty";
      String bearer = "Bearer " + provider.token("u1");
      HttpResponse<String> away = rig.get(path, "Authorization", bearer);
      assertEquals(503, away.statusCode());
      assertEquals("5", away.headers().firstValue("Retry-After").orElseThrow());
      assertEquals(503, rig.get("/api/v1/admin/connections", "Authorization", bearer).statusCode());
      assertEquals(200, rig.get(path, "X-API-Key", RestRig.KEY).statusCode());
      HttpResponse<String> ready = rig.get("/health/ready");
      assertEquals(200, ready.statusCode());
      assertTrue(ready.body().contains("no connection"), ready::body);
      assertTrue(rig.get("/metrics").body().contains("\ntapeline_access_unchecked_total 2.0\n"));
      provider.start();
      assertEquals(200, rig.get(path, "Authorization", bearer).statusCode());
      assertEquals("{\"status\":\"ready\"}", rig.get("/health/ready").body());
      String metrics = rig.get("/metrics").body();
      assertTrue(metrics.contains("\ntapeline_access_keys 1.0\n"), metrics);
    }
  }

  @Test
  void clocksMayDifferByTheSettingAtBothEnds() throws Exception {
    Map<String, String> lenient = new HashMap<>(REQUIRED);
    lenient.put("JWT_CLOCK_SKEW", "1m");
    String path = "/api/v1/instruments?q=nifty&token=" + token(-20);
    try (RestRig strict = new RestRig(REQUIRED);
        RestRig rig = new RestRig(lenient)) {
      assertEquals(401, strict.get(path).statusCode());
      assertEquals(200, rig.get(path).statusCode());
    }
  }

  @Test
  void rolesPublishWhatARuleLetsThem() throws Exception {
    String roles =
        """
        roles:
          engine: {publish: {allow: ["signal:*", "positions:{sub}"], deny: ["signal:secret"]}}
        """;
    try (RestRig rig = new RestRig(withRoles(roles))) {
      assertEquals(200, publish(rig, "engine", "signal:a"));
      assertEquals(200, publish(rig, "engine", "positions:u1"));
      assertEquals(403, publish(rig, "engine", "positions:u2"));
      assertEquals(403, publish(rig, "engine", "signal:secret"));
      assertEquals(403, publish(rig, "user", "signal:a"));
      assertEquals(403, publish(rig, "admin", "signal:a"));
      assertEquals(200, rig.publish(body("positions:u2")).statusCode());
      assertEquals(403, rig.publish(body("tapeline:{3}")).statusCode());
      assertEquals(401, rig.post("/api/v1/publish", body("signal:a")).statusCode());
      assertEquals(
          List.of("signal:a", "positions:u1", "positions:u2"),
          rig.published.stream().map(Publication::channel).toList());
      String metrics = rig.get("/metrics").body();
      assertTrue(metrics.contains("\ntapeline_rest_refused_total 6.0\n"), metrics);
    }
  }

  @Test
  void theRateOfARoleHoldsForAllThatAUserPublishes() throws Exception {
    String roles =
        """
        roles:
          slow: {publish: {allow: ["signal:*"]}, limits: {rate: 1, burst: 2}}
          fast: {publish: {allow: ["signal:*"]}}
        """;
    Map<String, String> settings = new HashMap<>(withRoles(roles));
    settings.put("TRUSTED_PROXIES", "127.0.0.0/8");
    try (RestRig rig = new RestRig(settings)) {
      int limited = 0;
      for (int i = 0; i < 20; i++) {
        limited += publishFrom(rig, "10.1.1." + i) == 429 ? 1 : 0;
        assertEquals(200, publish(rig, "fast", "signal:a"));
      }
      assertTrue(limited >= 10, "limited " + limited);
      String metrics = rig.get("/metrics").body();
      assertTrue(
          metrics.contains("\ntapeline_rest_limited_total %d.0\n".formatted(limited)), metrics);
    }
  }

  private static int publishFrom(RestRig rig, String address) throws Exception {
    return rig.post(
            "/api/v1/publish",
            body("signal:a"),
            "Authorization",
            "Bearer " + token("slow", 60),
            "X-Forwarded-For",
            address)
        .statusCode();
  }

  @Test
  void rolesAdministerActByAct() throws Exception {
    String roles =
        """
        roles:
          support: {admin: {allow: ["connections"]}}
          admin: {subscribe: {allow: ["*"]}}
        """;
    try (RestRig rig = new RestRig(withRoles(roles))) {
      int _ = rig.startGateway();
      assertEquals(200, administer(rig, "support", "connections"));
      assertEquals(403, administer(rig, "support", "channels"));
      assertEquals(403, administer(rig, "admin", "connections"));
      String key = "Bearer " + RestRig.KEY;
      assertEquals(200, rig.get("/api/v1/admin/connections", "Authorization", key).statusCode());
    }
  }

  @Test
  void refusalsAndActsAreInTheAuditLog() throws Exception {
    Logger audit = (Logger) LoggerFactory.getLogger("tapeline.audit");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    audit.addAppender(lines);
    try (RestRig rig = new RestRig(Map.of("JWT_SECRET", SECRET))) {
      int _ = rig.startGateway();
      publish(rig, "user", "signal:a");
      administer(rig, "user", "connections");
      rig.post("/api/v1/admin/move", "{\"seconds\":1}", "Authorization", "Bearer " + RestRig.KEY);
    } finally {
      audit.detachAppender(lines);
    }
    List<String> texts = lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    assertEquals(3, texts.size(), texts::toString);
    assertEquals(
        "refused 127.0.0.1: u1 as user: /api/v1/publish: the role user has no rule 'publish' for any"
            + " channel",
        texts.get(0));
    assertTrue(texts.get(1).contains("/api/v1/admin/connections"), texts::toString);
    assertTrue(texts.get(2).startsWith("anybody as owner from 127.0.0.1: moved"), texts::toString);
  }

  private Map<String, String> withRoles(String roles) throws IOException {
    Path file = Files.writeString(folder.resolve("access.yaml"), roles);
    return Map.of("JWT_SECRET", SECRET, "TAPELINE_ACCESS_FILE", file.toString());
  }

  private static int publish(RestRig rig, String role, String channel) throws Exception {
    return rig.post("/api/v1/publish", body(channel), "Authorization", "Bearer " + token(role, 60))
        .statusCode();
  }

  private static int administer(RestRig rig, String role, String act) throws Exception {
    return rig.get("/api/v1/admin/" + act, "Authorization", "Bearer " + token(role, 60))
        .statusCode();
  }

  private static String body(String channel) {
    return "{\"channel\":\"%s\",\"data\":1}".formatted(channel);
  }

  @Test
  void pagesAndHealthAreThereForAll() throws Exception {
    try (RestRig rig = new RestRig(REQUIRED)) {
      for (String path : List.of("/health/live", "/metrics", "/openapi.json", "/")) {
        assertEquals(200, rig.get(path).statusCode(), path);
      }
    }
  }

  @Test
  void whereNothingIsRequiredNothingIsLookedAt() throws Exception {
    try (RestRig rig = new RestRig(Map.of())) {
      assertEquals(
          200,
          rig.get("/api/v1/instruments?q=nifty", "Authorization", "Bearer nonsense").statusCode());
      assertTrue(rig.get("/api/v1/nodes").body().contains("n1"));
    }
  }
}
