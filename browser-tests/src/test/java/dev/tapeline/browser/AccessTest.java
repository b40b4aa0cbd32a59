package dev.tapeline.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import dev.tapeline.access.Identity;
import dev.tapeline.access.TokenMaker;
import dev.tapeline.server.runtime.LiveServer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page of a server that asks for a token. */
@ExtendWith(InBrowser.class)
class AccessTest {

  private static final String SECRET = "a secret of tests that is long enough";

  private LiveServer server;

  @BeforeEach
  void start() {
    server = LiveServer.simulated(Map.of("REQUIRE_AUTH", "true", "JWT_SECRET", SECRET));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Desk visit(Lab lab, String query) {
    Desk desk = lab.visit(server, Lab.options(), page -> {});
    desk.page().navigate(server.url("/" + query));
    return desk;
  }

  private static String token(long seconds) {
    Optional<Instant> end = Optional.of(Instant.now().plusSeconds(seconds));
    return "?token=" + TokenMaker.make(SECRET, new Identity(Optional.of("u1"), "user", end));
  }

  @Test
  void aTokenInTheAddressIsShownWithEachCall(Lab lab) {
    Desk desk = visit(lab, token(600)).isLive();
    Desk.moves(desk.price("NIFTY"));
    assertThat(desk.notice()).hasCount(0);
  }

  @Test
  void withoutATokenThePageSaysHowToComeIn(Lab lab) {
    Desk desk = visit(lab, "");
    assertThat(desk.state()).hasText("No access");
    assertThat(desk.notice()).containsText("This server asks for a token");
    assertThat(desk.notice()).containsText("/?token=");
  }

  @Test
  void aTokenThatHasExpiredIsTold(Lab lab) {
    Desk desk = visit(lab, token(-60));
    assertThat(desk.state()).hasText("No access");
    assertThat(desk.notice()).containsText("does not count, or no longer");
  }
}
