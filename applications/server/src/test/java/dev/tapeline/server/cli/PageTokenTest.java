package dev.tapeline.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.access.policy.Identity;
import dev.tapeline.access.token.Tokens;
import dev.tapeline.server.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The query in the address of the pages that is shown at the start. */
class PageTokenTest {

  private static final Map<String, String> REQUIRED =
      Map.of(
          "REQUIRE_AUTH", "true",
          "JWT_SECRET", "a secret of tests that is long enough",
          "JWT_AUDIENCE", "tests",
          "JWT_ISSUER", "me",
          "TAPELINE_TOKEN", "of a client");

  private static String query(Map<String, String> environment, boolean telling) {
    return new PageToken(settings(environment).access(), Instant.now()).query(telling);
  }

  private static Settings settings(Map<String, String> environment) {
    return Settings.load(environment, Map.of());
  }

  @Test
  void aServerThatAsksForNothingNeedsNone() {
    assertEquals("", query(Map.of("JWT_SECRET", "a secret of tests that is long enough"), true));
  }

  @Test
  void whereAPersonLooksATokenThatCountsIsTold() {
    String query = query(REQUIRED, true);
    String token = query.replaceAll("\\?token=(\\S+) .*", "$1");
    Identity identity = Tokens.identityOf(settings(REQUIRED).authenticator(), token);
    assertEquals("user", identity.role());
    assertNull(identity.subject());
    Instant end = Objects.requireNonNull(identity.expires());
    assertTrue(end.isBefore(Instant.now().plus(Duration.ofHours(1))), query);
  }

  @Test
  void whereALogMayKeepItTheWayToOneIsTold() {
    assertEquals("?token=$(./tapeline token USER)", query(REQUIRED, false));
    assertEquals("?token=TOKEN", query(Map.of("REQUIRE_AUTH", "true"), true));
  }
}
