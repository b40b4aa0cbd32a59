package dev.tapeline.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.tapeline.server.compose.LiveServer;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The administrator's page. */
@ExtendWith(InBrowser.class)
class AdminTest {

  private static Desk visit(Lab lab, ColorScheme scheme) {
    Desk desk = lab.visit(Lab.options().setColorScheme(scheme));
    desk.page().navigate(lab.server().url("/admin.html"));
    return desk;
  }

  private static void signIn(Page page, String key) {
    page.getByLabel("Key or token").fill(key);
    page.getByText("Sign in", new Page.GetByTextOptions().setExact(true)).click();
  }

  private static Locator connections(Page page) {
    return page.locator("tr[data-id]");
  }

  @Test
  void aWrongKeyIsToldAndAskedForAgain(Lab lab) {
    Page page = visit(lab, ColorScheme.LIGHT).page();
    signIn(page, "not-the-key");
    assertThat(page.locator(".notice")).containsText("The server refused the request");
    assertThat(page.getByLabel("Key or token")).isVisible();
  }

  @Test
  void connectionsAndChannelsAreSeenAndFiltered(Lab lab) {
    Desk trader = lab.visit().isLive();
    Desk admin = visit(lab, ColorScheme.DARK);
    Page page = admin.page();
    signIn(page, LiveServer.KEY);
    assertThat(connections(page).first()).containsText("native");
    assertThat(connections(page).first()).containsText("market:tick:");
    assertThat(page.locator("tr[data-channel='market:tick:NIFTY']")).containsText("state");
    Locator rate = page.locator("tr[data-channel='market:tick:NIFTY'] td").nth(3);
    assertThat(rate).hasText(Pattern.compile("\\d.*"));
    admin.picture("admin-dark");
    page.getByLabel("Subscribed to").fill("nothing:*");
    assertThat(page.getByText("No connections match.")).isVisible();
    page.getByLabel("Name or pattern").fill("market:tick:BANK*");
    assertThat(page.locator("tr[data-channel='market:tick:NIFTY']")).hasCount(0);
    page.reload();
    assertThat(connections(page).first()).isVisible();
    assertEquals(List.of(), admin.violations());
    trader.isLive();
  }

  @Test
  void aConnectionIsClosedForGood(Lab lab) {
    Desk trader = lab.visit().isLive();
    Page page = visit(lab, ColorScheme.LIGHT).page();
    page.onDialog(Dialog::accept);
    signIn(page, LiveServer.KEY);
    assertThat(connections(page)).hasCount(1); // the tab's earlier content is gone
    connections(page).getByText("Disconnect").click();
    assertThat(trader.page().locator(".state")).hasAttribute("data-state", "closed");
  }

  @Test
  void theKeyIsForgottenOnRequest(Lab lab) {
    Page page = visit(lab, ColorScheme.LIGHT).page();
    signIn(page, LiveServer.KEY);
    page.getByText("Sign out").click();
    assertThat(page.getByLabel("Key or token")).isVisible();
    page.reload();
    assertThat(page.getByLabel("Key or token")).isVisible();
  }

  @Test
  void aPhoneShowsItWithoutScrollingSideways(Lab lab) {
    Desk desk = lab.visit(Lab.phone());
    Page page = desk.page();
    page.navigate(lab.server().url("/admin.html"));
    signIn(page, LiveServer.KEY);
    assertThat(page.getByLabel("Name or pattern")).isVisible();
    assertThat(page.locator("tr[data-channel]").first()).isAttached();
    Object overflow =
        page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assertEquals(0, overflow);
    desk.picture("admin-phone");
  }
}
