package dev.tapeline.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import dev.tapeline.server.compose.LiveServer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests what the page shows and does when its connection is lost, and how it reconnects. */
@ExtendWith(InBrowser.class)
class LinkTest {

  private static final Pattern GATEWAY = Pattern.compile(".*/ws$");

  @Test
  void lostServerIsReconnectedTo(Lab lab) throws Exception {
    try (LiveServer server = LiveServer.simulated()) {
      Desk desk = lab.visit(server, Lab.options(), page -> {}).isLive();
      server.stop();
      assertThat(desk.state()).hasText("Reconnecting");
      assertThat(desk.notice()).containsText("prices are not updated");
      assertThat(desk.notice()).containsText(Pattern.compile("of 10"));
      server.comeBack();
      desk.isLive();
      assertThat(desk.notice()).hasCount(0);
      Desk.moves(desk.price("NIFTY"));
    }
  }

  @Test
  void blockedWebSocketIsReplacedByPollingUntilItWorks(Lab lab) {
    AtomicBoolean blocked = new AtomicBoolean(true);
    Desk desk = lab.visit(lab.server(), Lab.options(), page -> block(page, blocked));
    assertThat(desk.state()).hasText("Polling");
    assertThat(desk.price("NIFTY")).hasText(Desk.A_PRICE);
    Desk.moves(desk.price("NIFTY"));
    assertThat(desk.notice()).containsText("every 1.5 s");
    blocked.set(false);
    desk.page().getByText("Try now").click();
    desk.isLive();
    Desk.moves(desk.price("NIFTY"));
  }

  /** The attempts go on by themselves, past the tenth as well. */
  @Test
  void pollingLastsPastTheTriesAndReturns(Lab lab) {
    AtomicBoolean blocked = new AtomicBoolean(true);
    Desk desk =
        lab.visit(
            lab.server(),
            Lab.options(),
            page -> {
              page.clock().install();
              block(page, blocked);
            });
    for (int seconds = 0; seconds < 180; seconds += 2) {
      desk.page().clock().runFor(2_000);
    }
    assertThat(desk.state()).hasText("Polling");
    assertThat(desk.notice()).not().containsText("of 10");
    blocked.set(false);
    desk.page().clock().runFor(40_000);
    desk.isLive();
  }

  @Test
  void orderedReconnectComesAfterTheGivenTime(Lab lab) {
    Wire wire = new Wire();
    Desk desk = lab.visit(lab.server(), Lab.options(), wire::watch).isLive();
    Instant ordered = Instant.now();
    wire.say("{\"type\":\"reconnect\",\"afterMs\":1500}");
    wire.mute();
    desk.page().waitForCondition(() -> wire.connections() == 2);
    assertTrue(Duration.between(ordered, Instant.now()).toMillis() >= 1_400);
    desk.isLive();
    Desk.moves(desk.price("NIFTY"));
  }

  @Test
  void finalCloseIsNotRetriedAndItsReasonIsShown(Lab lab) {
    Wire wire = new Wire();
    Desk desk = lab.visit(lab.server(), Lab.options(), wire::watch).isLive();
    wire.cut(4501, "token expired");
    assertThat(desk.notice()).containsText("token expired");
    assertThat(desk.state()).hasText("Closed");
  }

  @Test
  void sourceThatIsDownMakesPricesStale(Lab lab) {
    Wire wire = new Wire();
    Desk desk = lab.visit(lab.server(), Lab.options(), wire::watch).isLive();
    wire.say(
        "{\"type\":\"status\",\"source\":\"redis\",\"state\":\"down\",\"since\":1700000000000}");
    assertThat(desk.state()).hasText("Stale");
    assertThat(desk.notice()).containsText("No data from redis");
    wire.say(
        "{\"type\":\"status\",\"source\":\"redis\",\"state\":\"live\",\"since\":1700000000000}");
    assertThat(desk.state()).hasText("Live");
  }

  @Test
  void silentServerIsCalledStale(Lab lab) {
    Wire wire = new Wire();
    Desk desk =
        lab.visit(
                lab.server(),
                Lab.options(),
                page -> {
                  page.clock().install();
                  wire.watch(page);
                })
            .isLive();
    wire.mute();
    desk.page().clock().runFor(5_000);
    assertThat(desk.state()).hasText("Live");
    desk.page().clock().runFor(10_000);
    assertThat(desk.state()).hasText("Stale");
  }

  @Test
  void replayIsLabelled(Lab lab) {
    Wire wire = new Wire();
    Desk desk = lab.visit(lab.server(), Lab.options(), wire::watch).isLive();
    wire.say(
        "{\"type\":\"status\",\"source\":\"feed\",\"state\":\"replay\",\"since\":1700000000000}");
    assertThat(desk.page().locator(".badge[data-kind=replay]")).hasText("Replay");
  }

  private static void block(Page page, AtomicBoolean blocked) {
    page.routeWebSocket(
        GATEWAY,
        route -> {
          if (blocked.get()) {
            route.close(new WebSocketRoute.CloseOptions().setCode(3000));
          } else {
            route.connectToServer();
          }
        });
  }
}
