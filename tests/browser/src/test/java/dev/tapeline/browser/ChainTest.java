package dev.tapeline.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The option chain's page: the figures of a publication, the window on its rows, the keys. */
@ExtendWith(InBrowser.class)
class ChainTest {

  private static final String EXPIRY = "2030-01-31";

  private static final String HEAD =
      """
      "t":1900000005000,"newestTick":1900000004500,"stale":%s,"left":{"millis":259200000,\
      "years":0.008},"spot":2001.5,"forward":{"value":2003.25,"source":"parity","n":5},\
      "atm":{"strike":2005,"spotStrike":2000,"iv":12.3456,"straddle":44.7},\
      "expectedMove":{"sigma":22.1},"pcr":0.9512,"why":{"maxPain":"no open interest"}\
      """;

  private static final String CALL =
      """
      {"ltp":20.35,"change":-1.5,"volume":1234567,"oi":250000,"oiChange":-1300,"src":"mid",\
      "iv":12.1,"delta":0.5234,"buildUp":"LU"}\
      """;

  private static final String PUT =
      """
      {"ltp":9,"src":"none","delta":-0.4766,"buildUp":"N",\
      "why":{"price":"stale","iv":"stale","oi":"no open interest"}}\
      """;

  @Test
  void figuresAreThoseOfTheChannel(Lab lab) {
    Desk desk = chain(lab, "CHAINA");
    publish(lab, "CHAINA", false, row(1995, "") + "," + row(2000, legs()));
    assertThat(figure(desk, "Spot")).hasText("2,001.50");
    assertThat(figure(desk, "Forward")).hasText("2,003.25 put-call parity");
    assertThat(figure(desk, "PCR")).hasText("0.95 by OI");
    assertThat(figure(desk, "ATM straddle")).hasText("44.70 at 2,005");
    assertThat(figure(desk, "ATM IV")).hasText("12.35%");
    assertThat(figure(desk, "Expected move")).hasText("\u00b122.10");
    assertThat(figure(desk, "Time left")).hasText("3.0 days");
    Locator money = desk.page().locator(".grid-row[data-mark~=money]");
    assertEquals(
        List.of(
            "250K",
            "\u22121.3K",
            "LU",
            "1.235M",
            "13.0",
            "0.52",
            "\u22121.50",
            "20.35",
            "2,000",
            "9.00",
            "\u2013",
            "\u22120.48",
            "13.0",
            "\u2013",
            "\u2013",
            "\u2013",
            "\u2013"),
        money.locator("[role=gridcell]").allTextContents());
    assertEquals(List.of(), desk.violations());
  }

  @Test
  void absentFigureHasItsReason(Lab lab) {
    Desk desk = chain(lab, "CHAINB");
    publish(lab, "CHAINB", false, row(1995, "") + "," + row(2000, legs()));
    assertThat(figure(desk, "Max pain")).hasAttribute("title", "no open interest");
    Locator put = desk.page().locator(".grid-row[data-mark~=money] .pe");
    assertThat(put.and(desk.page().locator(".oi")))
        .hasAttribute("aria-label", "\u2013, no open interest");
    assertThat(put.and(desk.page().locator(".ltp"))).hasAttribute("title", "stale");
    assertThat(put.and(desk.page().locator(".volume"))).hasAttribute("title", "not known");
    Locator missing = desk.page().locator("[aria-rowindex='2'] .ce.ltp");
    assertThat(missing).hasAttribute("title", "not listed");
  }

  @Test
  void staleChainIsPaleAndSaysSo(Lab lab) {
    Desk desk = chain(lab, "CHAINC");
    publish(lab, "CHAINC", true, row(2000, legs()));
    assertThat(desk.state()).hasText("Stale");
    assertThat(desk.notice()).containsText("No tick of this chain");
    assertThat(desk.page().locator("#panel")).hasClass(Pattern.compile("\\bstill\\b"));
  }

  @Test
  void onlyRowsInViewExistAndChangedCellsAreWritten(Lab lab) {
    Desk desk = chain(lab, "CHAIND");
    Page page = desk.page();
    publish(lab, "CHAIND", false, rows(1900, 200, 20.35));
    Locator rows = page.locator(".grid-body .grid-row");
    assertThat(strike(desk, 2000)).isInViewport();
    assertThat(page.locator("#grid")).hasAttribute("aria-rowcount", "201");
    assertTrue(rows.count() < 60, () -> rows.count() + " rows");
    assertThat(strike(desk, 1900)).hasCount(0);
    page.evaluate(
        """
        () => {
          window.written = [];
          const note = (changes) => window.written.push(...changes.map((it) => it.target.data));
          const options = { characterData: true, childList: true, subtree: true };
          new MutationObserver(note).observe(document.querySelector('.grid-body'), options);
        }\
        """);
    publish(lab, "CHAIND", false, rows(1900, 200, 20.4));
    page.waitForCondition(() -> !((List<?>) page.evaluate("window.written")).isEmpty());
    assertEquals(List.of("20.40"), page.evaluate("[...new Set(window.written)]"));
    page.evaluate("document.querySelector('#grid').scrollTop = 0");
    assertThat(strike(desk, 1900)).isInViewport();
    assertTrue(rows.count() < 60, () -> rows.count() + " rows");
  }

  @Test
  void newStrikesLeaveTheRowsInViewWhereTheyAre(Lab lab) {
    Desk desk = chain(lab, "CHAINE");
    publish(lab, "CHAINE", false, rows(1900, 200, 20.35));
    assertThat(strike(desk, 2000)).isInViewport();
    Object before = strike(desk, 2000).boundingBox().y;
    publish(lab, "CHAINE", false, rows(1880, 220, 20.35));
    assertThat(desk.page().locator("#grid")).hasAttribute("aria-rowcount", "221");
    assertEquals(before, strike(desk, 2000).boundingBox().y);
  }

  @Test
  void keysWalkThroughTheTableAndBackToTheMoney(Lab lab) {
    Desk desk = chain(lab, "CHAINF");
    Page page = desk.page();
    publish(lab, "CHAINF", false, rows(1900, 200, 20.35));
    assertThat(strike(desk, 2000)).isInViewport();
    page.evaluate("document.querySelector('#grid').scrollTop = 0");
    assertThat(strike(desk, 2000)).hasCount(0);
    page.keyboard().press("a");
    assertThat(strike(desk, 2000)).isInViewport();
    page.locator("#grid").focus();
    page.keyboard().press("ArrowDown");
    assertThat(page.locator("#grid")).hasAttribute("aria-activedescendant", "active-cell");
    String first = page.locator("#active-cell").textContent();
    page.keyboard().press("ArrowDown");
    assertNotEquals(first, page.locator("#active-cell").textContent());
    page.keyboard().press("ArrowLeft");
    assertThat(page.locator("#active-cell")).hasClass("ltp ce");
  }

  @Test
  void phoneShowsOneGroupOfColumnsASide(Lab lab) {
    Desk desk = lab.visit("/chain.html?symbol=CHAING&expiry=" + EXPIRY, Lab.phone());
    assertThat(desk.state()).hasText("Live");
    publish(lab, "CHAING", false, row(2000, legs()));
    Locator row = desk.page().locator(".grid-row[data-mark~=money]");
    assertThat(row.locator(".ltp.ce")).isVisible();
    assertThat(row.locator(".oi.ce")).isVisible();
    assertThat(row.locator(".delta.ce")).isHidden();
    assertEquals(0, desk.overflow());
    desk.page().locator(".groups button").nth(2).tap();
    assertThat(row.locator(".delta.ce")).isVisible();
    assertThat(row.locator(".ltp.ce")).isHidden();
    assertEquals(0, desk.overflow());
  }

  private static Desk chain(Lab lab, String symbol) {
    String path = "/chain.html?symbol=%s&expiry=%s".formatted(symbol, EXPIRY);
    Desk desk = lab.visit(path, Lab.options());
    assertThat(desk.state()).hasText("Live");
    return desk;
  }

  private static Locator figure(Desk desk, String name) {
    return desk.page().locator("#summary [data-figure='" + name + "'] dd");
  }

  private static Locator strike(Desk desk, int strike) {
    String text = strike < 1000 ? "" + strike : "%,d".formatted(strike);
    return desk.page()
        .locator(".grid-body .strike")
        .filter(new Locator.FilterOptions().setHasText(text));
  }

  private static String rows(int first, int count, double last) {
    return IntStream.range(first, first + count)
        .mapToObj(strike -> row(strike, legs()))
        .collect(Collectors.joining(","))
        .replaceFirst("(?<=\"strike\":2000,.{0,60}\"ltp\":)20.35", "" + last);
  }

  private static String row(int strike, String legs) {
    return "{\"strike\":%d,\"iv\":13,\"ivFrom\":\"pe\"%s}".formatted(strike, legs);
  }

  private static String legs() {
    return ",\"ce\":" + CALL + ",\"pe\":" + PUT;
  }

  private static void publish(Lab lab, String symbol, boolean stale, String strikes) {
    String channel = "option-chain:%s:%s".formatted(symbol, EXPIRY);
    String payload =
        "{\"symbol\":\"%s\",\"expiry\":\"%s\",%s,\"strikes\":[%s]}"
            .formatted(symbol, EXPIRY, HEAD.formatted(stale), strikes);
    lab.server().publish(channel, payload);
  }
}
