package dev.tapeline.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.Ohlc;
import dev.tapeline.server.compose.LiveServer;
import dev.tapeline.store.PostgresForTests;
import dev.tapeline.store.database.Database;
import dev.tapeline.store.history.HistoryRow;
import dev.tapeline.store.history.Origin;
import dev.tapeline.store.history.Series;
import dev.tapeline.store.history.sql.SqlHistory;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The chart's page: bars that come live, the figures of a bar, the keys. */
@ExtendWith(InBrowser.class)
class ChartTest {

  private static final long OPEN = 1_796_010_300_000L; // 2026-11-30 09:15 IST
  private static final long MINUTE = 60_000;
  private static final JsonMapper JSON = new JsonMapper();
  private static final String LAST_VALUES =
      "/api/v1/indicators/CHARTH?tf=1m&spec=ema-20,rsi-14&limit=1";

  private static final String INDICATORS =
      """
      {"symbol":"CHARTA","tf":"1m","t":%d,"closed":false,"bars":15,"rsi-14":61.2345}\
      """
          .formatted(OPEN + MINUTE);

  /** Counts what is drawn on any canvas. */
  private static final String COUNT_DRAWINGS =
      """
      window.drawings = 0;
      const draw = CanvasRenderingContext2D.prototype.setTransform;
      CanvasRenderingContext2D.prototype.setTransform = function (...to) {
        window.drawings++;
        return draw.apply(this, to);
      };\
      """;

  private static final String DRAWINGS_IN_A_WHILE =
      """
      () => new Promise((resolve) => {
        const before = window.drawings;
        setTimeout(() => resolve(window.drawings - before), 1000);
      })\
      """;

  @Test
  void figuresAreThoseOfTheChannel(Lab lab) {
    Desk desk = chart(lab, "CHARTA");
    publish(lab, "CHARTA", OPEN, "101.5,104.25,99,103,1234,7,false");
    assertThat(figure(desk, "time")).hasText("2026-11-30 03:45 UTC");
    assertThat(figure(desk, "O")).hasText("101.50");
    assertThat(figure(desk, "H")).hasText("104.25");
    assertThat(figure(desk, "L")).hasText("99.00");
    assertThat(figure(desk, "C")).hasText("103.00");
    assertThat(figure(desk, "Volume")).hasText("1.234K");
    assertThat(flag(desk, "forming")).isVisible();
    publish(lab, "CHARTA", OPEN, "101.5,104.25,99,100,1300,8,true");
    assertThat(figure(desk, "C")).hasText("100.00");
    assertThat(flag(desk, "forming")).hasCount(0);
    publish(lab, "CHARTA", OPEN + MINUTE, "100,102,100,101,10,1,false");
    assertThat(figure(desk, "Change")).hasText("+1.00 (+1.00%)");
    assertThat(figure(desk, "EMA 20")).hasAttribute("title", "not published");
    lab.server().publish("indicators:CHARTA:1m:ema-20+rsi-14", INDICATORS);
    assertThat(figure(desk, "RSI 14")).hasText("61.2");
    assertThat(figure(desk, "EMA 20")).hasText(Pattern.compile("^\u2013too few bars: 15 so far$"));
    assertThat(desk.page().locator("#chart canvas").first()).isVisible();
    assertEquals(List.of(), desk.violations());
  }

  @Test
  void partialAndAmendedBarsAreMarked(Lab lab) {
    Desk desk = chart(lab, "CHARTB");
    publish(lab, "CHARTB", OPEN, "10,12,9,11,5,1,true,\"partial\":true");
    assertThat(flag(desk, "partial")).isVisible();
    publish(lab, "CHARTB", OPEN, "10,13,9,11,5,1,true,\"partial\":true,\"rev\":1");
    assertThat(flag(desk, "amended")).hasText("amended (1)");
    assertThat(figure(desk, "H")).hasText("13.00");
  }

  @Test
  void keysWalkThroughTheBarsAndChangeTheirLength(Lab lab) {
    Desk desk = chart(lab, "CHARTC");
    publish(lab, "CHARTC", OPEN, "10,12,9,11,5,1,true");
    publish(lab, "CHARTC", OPEN + MINUTE, "11,12,11,12,5,1,false");
    assertThat(figure(desk, "C")).hasText("12.00");
    assertThat(desk.page().locator("#chart canvas").first()).isVisible();
    Page page = desk.page();
    page.locator("#chart").focus();
    page.keyboard().press("ArrowLeft");
    page.keyboard().press("ArrowLeft");
    assertThat(figure(desk, "C")).hasText("11.00");
    assertThat(page.locator("#spoken"))
        .hasText("2026-11-30 03:45: open 10.00, high 12.00, low 9.00, close 11.00");
    page.keyboard().press("Escape");
    assertThat(figure(desk, "C")).hasText("12.00");
    page.keyboard().press("]");
    assertThat(page.locator(".frames [aria-pressed=true]")).hasText("5m");
    assertThat(page).hasURL(Pattern.compile("symbol=CHARTC&tf=5m$"));
    assertThat(page.locator("#legend")).hasText("No bar yet.");
  }

  /** A thousand bars that come at once are drawn as a few. */
  @Test
  void burstOfBarsIsDrawnFourTimesASecond(Lab lab) {
    Wire wire = new Wire();
    Desk desk = lab.visit("/chart.html?symbol=CHARTD&tf=1m", wire::watch);
    assertThat(desk.state()).hasText("Live");
    publish(lab, "CHARTD", OPEN, "1,1,1,1,1,1,false");
    assertThat(figure(desk, "C")).hasText("1.00");
    desk.page()
        .evaluate(
            """
            () => {
              window.began = performance.now();
              window.changes = 0;
              const options = { characterData: true, subtree: true };
              const close = document.querySelector('#legend [data-figure=C]');
              new MutationObserver(() => window.changes++).observe(close, options);
            }\
            """);
    wire.mute();
    for (int i = 1; i <= 1_000; i++) {
      wire.say(data("CHARTD", i, bar("CHARTD", OPEN, "1,%d,1,%d,1,1,false".formatted(i, i))));
    }
    assertThat(figure(desk, "C")).hasText("1,000.00");
    int most = (int) desk.page().evaluate("Math.ceil((performance.now() - began) / 250) + 1");
    int changes = (int) desk.page().evaluate("window.changes");
    assertTrue(changes <= most, () -> changes + " drawings where " + most + " are allowed");
  }

  @Test
  void nothingIsDrawnWithoutNews(Lab lab) {
    Desk desk = lab.visit("/chart.html?symbol=CHARTE", page -> page.addInitScript(COUNT_DRAWINGS));
    publish(lab, "CHARTE", OPEN, "1,2,1,2,1,1,false");
    assertThat(figure(desk, "C")).hasText("2.00");
    desk.page().waitForCondition(() -> drawn(desk) > 0);
    desk.page().waitForCondition(() -> (int) desk.page().evaluate(DRAWINGS_IN_A_WHILE) == 0);
    int before = drawn(desk);
    publish(lab, "CHARTE", OPEN, "1,3,1,3,1,1,false");
    desk.page().waitForCondition(() -> drawn(desk) > before);
  }

  @Test
  void phoneShowsTheChartWithoutScrollingSideways(Lab lab) {
    Desk desk = lab.visit("/chart.html?symbol=CHARTF", Lab.phone());
    publish(lab, "CHARTF", OPEN, "10,12,9,11,5,1,false");
    assertThat(figure(desk, "C")).hasText("11.00");
    assertThat(desk.page().locator("#chart canvas").first()).isInViewport();
    assertEquals(0, desk.overflow());
    desk.page().locator(".frames button").nth(1).tap();
    assertThat(desk.page().locator(".frames [aria-pressed=true]")).hasText("5m");
  }

  @Test
  void makersOfTheLibraryAreNamed(Lab lab) {
    Desk desk = chart(lab, "CHARTG");
    Locator credit = desk.page().locator("#foot .credit a");
    assertThat(credit).hasText("Charts by TradingView Lightweight Charts\u2122");
    assertThat(credit).hasAttribute("href", "https://www.tradingview.com/");
    desk.page().keyboard().press("?");
    assertThat(desk.page().locator("#help a[href='https://www.tradingview.com/']")).isVisible();
  }

  @Test
  void watchlistLeadsToTheChart(Desk desk) {
    desk.isLive();
    desk.row("HDFCBANK").getByLabel("Chart of HDFCBANK").click();
    assertThat(desk.page().locator("#head h1")).hasText("HDFCBANK");
    assertThat(desk.page()).hasURL(Pattern.compile("/chart.html\\?symbol=HDFCBANK&tf=1m$"));
    desk.page().keyboard().press("g");
    desk.page().keyboard().press("d");
    assertThat(desk.row("HDFCBANK")).isVisible();
    desk.row("RELIANCE").focus();
    desk.page().keyboard().press("Enter");
    assertThat(desk.page().locator("#head h1")).hasText("RELIANCE");
    desk.search().fill("BANKNIFTY");
    assertThat(desk.choices().first()).containsText("BANKNIFTY");
    desk.page().keyboard().press("Enter");
    assertThat(desk.page().locator("#head h1")).hasText("BANKNIFTY");
  }

  private static Desk chart(Lab lab, String symbol) {
    Desk desk = lab.visit("/chart.html?tf=1m&symbol=" + symbol, Lab.options());
    assertThat(desk.state()).hasText("Live");
    return desk;
  }

  private static Locator figure(Desk desk, String name) {
    return desk.page().locator("#legend [data-figure='" + name + "'] dd");
  }

  @Test
  void indicatorsOfThePastAreThoseOfTheHistory(Lab lab) {
    Map<String, String> settings =
        Map.of("TAPELINE_HISTORY", "1m", "DATABASE_URL", PostgresForTests.newDatabase());
    try (LiveServer server = LiveServer.start(settings);
        Database database = PostgresForTests.upDatabase(settings.get("DATABASE_URL"))) {
      new SqlHistory(database.jdbi()).append(anHour());
      Desk desk = lab.visit(server, Lab.options(), _ -> {});
      desk.page().navigate(server.url("/chart.html?symbol=CHARTH&tf=1m"));
      assertThat(figure(desk, "C")).hasText("159.25");
      JsonNode last = JSON.readTree(server.get(LAST_VALUES)).at("/indicators/0");
      assertThat(figure(desk, "EMA 20")).hasText("%.2f".formatted(last.path("ema-20").asDouble()));
      assertThat(figure(desk, "RSI 14")).hasText("%.1f".formatted(last.path("rsi-14").asDouble()));
    }
  }

  /** An hour of rising minutes. */
  private static List<HistoryRow> anHour() {
    Series series = new Series("CHARTH", "vendor", Origin.LIVE);
    return IntStream.range(0, 60)
        .<HistoryRow>mapToObj(minute -> {
          BigDecimal price = new BigDecimal("100.25").add(BigDecimal.valueOf(minute));
          Ohlc ohlc = new Ohlc(price, price, price, price);
          long time = OPEN + minute * MINUTE;
          return new HistoryRow.OfBar(
              series, new Bar(Frame.MINUTE, time, ohlc, BigDecimal.ONE, 1, Bar.State.CLOSED));
        })
        .toList();
  }

  private static Locator flag(Desk desk, String kind) {
    return desk.page().locator("#legend .flag[data-kind='" + kind + "']");
  }

  private static int drawn(Desk desk) {
    return (int) desk.page().evaluate("window.drawings");
  }

  private static void publish(Lab lab, String symbol, long t, String figures) {
    lab.server().publish("candles:" + symbol + ":1m", bar(symbol, t, figures));
  }

  /** A bar, its figures being {@code o,h,l,c,v,n,closed} and more members, if any. */
  private static String bar(String symbol, long t, String figures) {
    String[] parts = figures.split(",", 8);
    String more = parts.length > 7 ? "," + parts[7] : "";
    return """
    {"symbol":"%s","tf":"1m","t":%d,"o":%s,"h":%s,"l":%s,"c":%s,"v":%s,"n":%s,"closed":%s%s}\
    """
        .formatted(
            symbol, t, parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], parts[6], more);
  }

  private static String data(String symbol, int seq, String bar) {
    return """
    {"type":"data","channel":"candles:%s:1m","seq":%d,"data":%s}\
    """
        .formatted(symbol, 1_000_000 + seq, bar);
  }
}
