package dev.tapeline.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import dev.tapeline.access.policy.Identity;
import dev.tapeline.access.token.TokenMaker;
import dev.tapeline.server.compose.LiveServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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
    Instant end = Instant.now().plusSeconds(seconds);
    return "?token=" + TokenMaker.make(SECRET, new Identity("u1", "user", end));
  }

  @Test
  void aTokenInTheAddressIsShownWithEachCall(Lab lab) {
    Desk desk = visit(lab, token(600)).isLive();
    Desk.moves(desk.price("NIFTY"));
    assertThat(desk.notice()).hasCount(0);
  }

  @Test
  void theTokenLeavesTheAddressAndIsInNoOther(Lab lab) {
    List<String> addresses = Collections.synchronizedList(new ArrayList<>());
    Desk desk = lab.visit(server, Lab.options(), page -> {});
    desk.page().onRequest(request -> addresses.add(request.url()));
    desk.page().onWebSocket(socket -> addresses.add(socket.url()));
    desk.page().navigate(server.url("/" + token(600) + "&theme=x#y"));
    Desk.moves(desk.isLive().price("NIFTY"));
    assertEquals(server.url("/?theme=x#y"), desk.page().url());
    assertEquals(1, addresses.stream().filter(address -> address.contains("token=")).count());
    assertTrue(
        addresses.stream().anyMatch(address -> address.endsWith("/ws")), addresses::toString);
    desk.page().reload();
    Desk.moves(desk.isLive().price("NIFTY"));
  }

  /** Such a key can't be a subprotocol's name, so the first message shows it. */
  @Test
  void aKeyOfAnyCharactersIsShownToo(Lab lab) {
    String key = "a/key=with,odd(characters)";
    try (LiveServer other =
        LiveServer.simulated(Map.of("REQUIRE_AUTH", "true", "GATEWAY_API_KEY", key))) {
      Desk desk = lab.visit(server, Lab.options(), page -> {});
      String shown = URLEncoder.encode(key, StandardCharsets.UTF_8);
      desk.page().navigate(other.url("/?token=" + shown));
      Desk.moves(desk.isLive().price("NIFTY"));
    }
  }

  @Test
  void theAdministratorsPageTakesItsTokenOutToo(Lab lab) {
    String admin = TokenMaker.make(SECRET, new Identity("u1", "admin", null));
    Page page = lab.visit(server, Lab.options(), any -> {}).page();
    page.navigate(server.url("/admin.html?token=" + admin));
    assertThat(page.locator("#bar")).containsText("Sign out");
    assertEquals(server.url("/admin.html"), page.url());
    page.reload();
    assertThat(page.locator("#bar")).containsText("Sign out");
  }

  @Test
  void withoutATokenThePageSaysHowToComeIn(Lab lab) {
    Desk desk = visit(lab, "");
    assertThat(desk.state()).hasText("No access");
    assertThat(desk.notice()).containsText("This server requires a token");
    assertThat(desk.notice()).containsText("/?token=");
  }

  @Test
  void aTokenThatHasExpiredIsTold(Lab lab) {
    Desk desk = visit(lab, token(-60));
    assertThat(desk.state()).hasText("No access");
    assertThat(desk.notice()).containsText("is invalid or has expired");
  }
}
