package dev.tapeline.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page's pure modules, called in the browser. */
@ExtendWith(InBrowser.class)
class ModulesTest {

  @Test
  void pricesKeepTheirOwnDecimals(Desk desk) {
    assertEquals(
        List.of(2, 2, 2, 4, 8),
        call(desk, "model/format", "[0.5, 24321.5, 100, 83.2755, 0.00001234].map(m.decimalsOf)"));
    assertEquals("83.2750", call(desk, "model/format", "m.price(83.275, 4, 'en-IN')"));
  }

  @Test
  void indianNumbersAreGroupedInLakhs(Desk desk) {
    assertEquals(
        "1,23,456.50",
        call(desk, "model/format", "m.price(123456.5, 2, m.localeOf({segment: 'NSE_EQ'}))"));
    assertEquals("\u2212748.44", call(desk, "model/format", "m.signed(-748.44, 2, 'en-IN')"));
  }

  @Test
  void patternsCoverWhatTheServersDo(Desk desk) {
    assertEquals(
        List.of(true, false, true, true, true, false, false),
        call(
            desk,
            "net/protocol",
            """
            [['a:*', 'a:b'], ['a:*', 'b:a:b'], ['*', ''], ['a*c*e', 'abcde'], ['a*a', 'aa'],
             ['a*a', 'a'], ['a.c', 'abc']].map(([p, c]) => m.covers(p, c))\
            """));
  }

  @Test
  void publishersTextIsCutOutOfTheFrame(Desk desk) {
    assertEquals(
        "{\"p\": 1.50}",
        call(
            desk,
            "net/protocol",
            "m.rawData('{\"type\":\"data\",\"channel\":\"a\\\\\"data\\\\\":\",\"data\":{\"p\": 1.50}}')"));
  }

  @Test
  void waitsGrowFromThreeSecondsWithJitter(Desk desk) {
    assertEquals(3000, call(desk, "net/backoff", "m.retryDelay(1, () => 0)"));
    assertEquals(3900, call(desk, "net/backoff", "m.retryDelay(1, () => 1)"));
    assertEquals(10000, call(desk, "net/backoff", "m.retryDelay(10, () => 0)"));
    assertEquals(30000, call(desk, "net/backoff", "m.retryDelay(11, () => 0)"));
  }

  @Test
  void rateIsTheMeanOfWholeSeconds(Desk desk) {
    assertEquals(
        10,
        call(
            desk,
            "model/meter",
            """
            (() => { const meter = new m.Meter();
                     for (let t = 1000; t < 9000; t += 100) meter.count(t);
                     return meter.rate(9000); })()\
            """));
  }

  private static Object call(Desk desk, String module, String expression) {
    Page page = desk.page();
    return page.evaluate(
        "async () => { const m = await import('/js/"
            + module
            + ".js'); return "
            + expression
            + "; }");
  }
}
