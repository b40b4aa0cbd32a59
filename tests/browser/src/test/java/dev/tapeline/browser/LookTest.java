package dev.tapeline.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Themes, the phone's layout and the keyboard. */
@ExtendWith(InBrowser.class)
class LookTest {

  @Test
  void themeFollowsTheSystemUntilChosen(Lab lab) {
    Page dark = lab.visit(Lab.options().setColorScheme(ColorScheme.DARK)).isLive().page();
    Page light = lab.visit(Lab.options().setColorScheme(ColorScheme.LIGHT)).isLive().page();
    assertTrue(brightness(dark) < 60);
    assertTrue(brightness(light) > 200);
  }

  @Test
  void chosenThemeIsKept(Lab lab) {
    Page page = lab.visit(Lab.options().setColorScheme(ColorScheme.DARK)).isLive().page();
    page.getByLabel("Switch theme").click();
    assertTrue(brightness(page) > 200);
    page.reload();
    assertTrue(brightness(page) > 200);
    page.keyboard().press("t");
    assertTrue(brightness(page) < 60);
  }

  @Test
  void phoneShowsPricesWithoutScrollingSideways(Lab lab) {
    Desk desk = lab.visit(Lab.phone()).isLive();
    assertEquals(0, desk.overflow());
    assertThat(desk.price("NIFTY")).isInViewport();
    desk.row("HDFCBANK").locator(".name").tap();
    assertThat(desk.row("HDFCBANK").locator(".bid")).isVisible();
    assertThat(desk.row("HDFCBANK").getByLabel("Move HDFCBANK up")).isVisible();
    desk.subscribe("trade@HDFCBANK");
    assertThat(desk.messages().first()).isVisible();
    assertEquals(0, desk.overflow());
  }

  @Test
  void instrumentIsAddedWithTheKeyboardAlone(Desk desk) {
    desk.isLive();
    Page page = desk.page();
    page.keyboard().press("ArrowDown");
    assertThat(desk.rows().first()).isFocused();
    String first = desk.symbols().get(0);
    page.keyboard().press("Delete");
    assertThat(desk.row(first)).hasCount(0);
    assertThat(desk.rows().first()).isFocused();
    page.keyboard().press("/");
    assertThat(desk.search()).isFocused();
    page.keyboard().type(first);
    assertThat(desk.choices().first()).containsText(first);
    page.keyboard().press("Enter");
    assertThat(desk.rows().last()).hasAttribute("data-symbol", first);
    assertThat(desk.price(first)).hasText(Desk.A_PRICE);
  }

  @Test
  void arrowsChooseAmongTheFound(Desk desk) {
    desk.isLive();
    desk.page().keyboard().press("/");
    assertThat(desk.choices().nth(1)).isVisible();
    desk.page().keyboard().press("ArrowDown");
    assertThat(desk.choices().nth(1)).hasAttribute("aria-selected", "true");
    desk.page().keyboard().press("Escape");
    assertThat(desk.choices()).hasCount(0);
  }

  @Test
  void rowIsMovedWithTheKeyboard(Desk desk) {
    desk.isLive();
    String first = desk.symbols().get(0);
    desk.rows().first().focus();
    desk.page().keyboard().press("Alt+ArrowDown");
    assertThat(desk.rows().nth(1)).hasAttribute("data-symbol", first);
    assertThat(desk.row(first)).isFocused();
  }

  @Test
  void questionMarkShowsTheKeys(Desk desk) {
    desk.isLive();
    desk.page().keyboard().press("?");
    assertThat(desk.page().locator("#help")).isVisible();
    assertThat(desk.page().locator("#help")).containsText("Find an instrument");
    desk.page().keyboard().press("Escape");
    assertThat(desk.page().locator("#help")).isHidden();
  }

  @Test
  void focusIsVisible(Desk desk) {
    desk.isLive();
    desk.page().keyboard().press("ArrowDown");
    Object outline = desk.page().evaluate("getComputedStyle(document.activeElement).outlineStyle");
    assertNotEquals("none", outline);
  }

  /** The mean of the background's red, green and blue, 0 to 255. */
  private static int brightness(Page page) {
    Object mean =
        page.evaluate(
            """
            () => {
              const colour = getComputedStyle(document.body).backgroundColor;
              const [r, g, b] = colour.match(/[\\d.]+/g).map(Number);
              return Math.round((r + g + b) / 3);
            }\
            """);
    return (int) mean;
  }
}
