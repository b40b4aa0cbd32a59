package dev.tapeline.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests the page that shows any channel's messages by name. */
@ExtendWith(InBrowser.class)
class ChannelsTest {

  private static final Pattern NUMBERED = Pattern.compile("^#\\d+");

  @Test
  void messagesOfAChannelAreShownAsPublished(Desk desk) {
    desk.isLive();
    desk.subscribe("trade@HDFCBANK");
    assertThat(desk.subscription("trade@HDFCBANK")).containsText("mode all, epoch");
    Locator message = messageOf(desk, "trade@HDFCBANK").first();
    assertThat(message.locator(".seq")).hasText(NUMBERED);
    assertThat(message.locator("code")).containsText("\"stream\":\"trade@HDFCBANK\"");
    assertThat(message.locator("code")).containsText(Pattern.compile("\"p\":\"\\d+\\.\\d\\d\""));
  }

  @Test
  void patternBringsSeveralChannels(Desk desk) {
    desk.isLive();
    desk.subscribe("market:tick:*");
    assertThat(messageOf(desk, "market:tick:NIFTY").first()).isVisible();
    assertThat(messageOf(desk, "market:tick:BANKNIFTY").first()).isVisible();
  }

  @Test
  void latestAtARateMergesAndSaysWhat(Desk desk) {
    desk.isLive();
    desk.page().locator("select[name=mode]").selectOption("latest");
    desk.page().locator("select[name=rate]").selectOption("1");
    desk.subscribe("market:tick:NIFTY");
    assertThat(desk.subscription("market:tick:NIFTY")).containsText("mode latest");
    assertThat(desk.messages().locator(".merged").first())
        .containsText(Pattern.compile("^\\d+ merged: \\d+"));
  }

  @Test
  void refusalIsShownInTheServersWords(Desk desk) {
    desk.isLive();
    desk.page().locator("select[name=mode]").selectOption("latest");
    desk.subscribe("trade@HDFCBANK");
    Locator refused = desk.page().locator(".subscriptions li[data-state=refused]");
    assertThat(refused.locator(".detail")).containsText("latest");
  }

  @Test
  void pauseHoldsTheMessagesStill(Desk desk) {
    desk.isLive();
    desk.subscribe("market:tick:*");
    assertThat(desk.messages().first()).isVisible();
    desk.page().locator(".toolbar button").first().click();
    Locator note = desk.page().locator(".toolbar .panel-note");
    assertThat(note).hasText(Pattern.compile("paused, \\d+ skipped"));
    List<String> held = desk.messages().allTextContents();
    assertThat(note).hasText(Pattern.compile("paused, [1-9]\\d* skipped"));
    assertEquals(held, desk.messages().allTextContents());
    desk.page().locator(".toolbar button").first().click();
    assertThat(note).hasText("newest first, 200 kept");
  }

  @Test
  void atMostTwoHundredRowsAreKept(Desk desk) {
    desk.isLive();
    desk.subscribe("*");
    assertThat(desk.messages()).hasCount(200);
    String newest = desk.messages().first().textContent();
    assertThat(desk.messages().first()).not().hasText(newest);
    assertEquals(200, desk.messages().count());
  }

  @Test
  void gapsAndEpochsAreTold(Lab lab) {
    Wire wire = new Wire();
    Desk desk = lab.visit(lab.server(), Lab.options(), wire::watch).isLive();
    desk.subscribe("trade@HDFCBANK");
    assertThat(messageOf(desk, "trade@HDFCBANK").first()).isVisible();
    wire.mute();
    wire.say(
        "{\"type\":\"gap\",\"channel\":\"trade@HDFCBANK\",\"from\":43,\"to\":50,\"reason\":\"slow\"}");
    wire.say(
        "{\"type\":\"epoch\",\"channel\":\"trade@HDFCBANK\",\"epoch\":\"k4\",\"seq\":0,\"reason\":\"upstream\"}");
    assertThat(desk.page().locator(".messages li[data-kind=gap] code"))
        .hasText("43\u201350 missing: slow");
    assertThat(desk.page().locator(".messages li[data-kind=epoch] code"))
        .hasText("new epoch k4 from 0: upstream");
  }

  @Test
  void unsubscribedChannelFallsSilent(Desk desk) {
    desk.isLive();
    desk.subscribe("market:tick:NIFTY");
    assertThat(desk.messages().first()).isVisible();
    desk.page().getByLabel("Unsubscribe market:tick:NIFTY").click();
    assertThat(desk.page().locator(".subscriptions li")).hasCount(0);
    Set<String> seen = new HashSet<>(desk.messages().allTextContents());
    Desk.moves(desk.price("NIFTY"));
    assertTrue(seen.containsAll(desk.messages().allTextContents()));
  }

  private static Locator messageOf(Desk desk, String channel) {
    return desk.page()
        .locator(".messages li[data-kind=data]")
        .filter(new Locator.FilterOptions().setHasText(channel));
  }
}
