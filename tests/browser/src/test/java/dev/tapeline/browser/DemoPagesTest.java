package dev.tapeline.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The chart and the option chain of the simulated market, as its visitors see them. */
@ExtendWith(InBrowser.class)
class DemoPagesTest {

  @Test
  void chartOfTheDemoMoves(Lab lab) {
    Desk desk = lab.visit("/chart.html?symbol=NIFTY&tf=1m", Lab.options());
    Locator close = desk.page().locator("#legend [data-figure=C] dd");
    assertThat(close).hasText(Desk.A_PRICE);
    Desk.moves(close);
    assertThat(desk.page().locator("#legend [data-figure=time] dd"))
        .hasText(Pattern.compile("^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d IST$"));
    assertThat(desk.page().locator("#chart canvas").first()).isVisible();
    assertThat(desk.page().locator(".badge[data-kind=simulated]")).isVisible();
    isClean(desk);
  }

  @Test
  void chainOfTheDemoMoves(Lab lab) {
    Desk desk = lab.visit("/chain.html?symbol=NIFTY", Lab.options());
    Page page = desk.page();
    Locator money = page.locator(".grid-row[data-mark~=money]");
    assertThat(money.locator(".ltp.ce")).hasText(Desk.A_PRICE);
    assertThat(money.locator(".iv.ce")).hasText(Pattern.compile("^~?\\d+\\.\\d$"));
    assertThat(money.locator(".oi.pe")).hasText(Pattern.compile("^\\d[\\d.]*[A-Za-z]*$"));
    Desk.moves(page.locator("#summary [data-figure=Forward] dd"));
    assertThat(page.locator(".badge[data-kind=simulated]")).isVisible();
    String first = page.locator(".expiries [aria-pressed=true]").textContent();
    page.keyboard().press("]");
    assertThat(page.locator(".expiries [aria-pressed=true]")).not().hasText(first);
    assertThat(money.locator(".ltp.pe")).hasText(Desk.A_PRICE);
    assertThat(page).hasURL(Pattern.compile("symbol=NIFTY&expiry=\\d{4}-\\d\\d-\\d\\d$"));
    isClean(desk);
  }

  /** What the watchlist loads until it shows a price: 67 kB when this was written. */
  @Test
  void watchlistNeedsLittleAndNoChart(Desk desk) {
    desk.isLive();
    Number bytes =
        (Number)
            desk.page()
                .evaluate(
                    """
                    () => [...performance.getEntriesByType('navigation'),
                           ...performance.getEntriesByType('resource')]
                        .reduce((sum, it) => sum + it.transferSize, 0)\
                    """);
    assertTrue(bytes.intValue() > 30_000 && bytes.intValue() <= 90_000, () -> bytes + " bytes");
    assertEquals(
        List.of(),
        desk.page()
            .evaluate(
                """
                () => performance.getEntriesByType('resource').map((it) => it.name)
                    .filter((name) => name.includes('chart.js') || name.includes('charts'))\
                """));
  }

  /**
   * Neither the security policy nor anything else was complained of; but this server keeps no
   * history, which is answered with 404.
   */
  private static void isClean(Desk desk) {
    assertEquals(List.of(), desk.violations());
    List<String> complaints =
        desk.complaints().stream().filter(it -> !it.contains("status of 404")).toList();
    assertEquals(List.of(), complaints);
  }
}
