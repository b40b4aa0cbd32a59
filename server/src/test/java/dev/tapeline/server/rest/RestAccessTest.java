package dev.tapeline.server.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.access.Identity;
import dev.tapeline.access.TokenMaker;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A server that asks each caller for a token or a key. */
class RestAccessTest {

  private static final String SECRET = "a secret of tests that is long enough";
  private static final Map<String, String> REQUIRED =
      Map.of("REQUIRE_AUTH", "true", "JWT_SECRET", SECRET);

  private static String token(long seconds) {
    Optional<Instant> end = Optional.of(Instant.now().plusSeconds(seconds));
    return TokenMaker.make(SECRET, new Identity(Optional.of("u1"), "user", end));
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
