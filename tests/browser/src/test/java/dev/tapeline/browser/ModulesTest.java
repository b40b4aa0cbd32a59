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

  @Test
  void barIsReplacedByOneThatKnowsMore(Desk desk) {
    assertEquals(
        List.of("live 2", "closed", "amended", "whole", "history"),
        call(
            desk,
            "model/bars",
            """
            (() => {
              const end = (...steps) => {
                const bars = new m.Bars();
                for (const [how, bar] of steps) bars[how](how === 'fill' ? [bar] : bar);
                return bars.at(1).name;
              };
              const bar = (name, more) => ({ t: 1, name, ...more });
              const closed = { closed: true };
              const amended = { closed: true, rev: 1 };
              const partial = { closed: true, partial: true };
              return [
                end(['put', bar('live 1')], ['put', bar('live 2')], ['fill', bar('history')]),
                end(['put', bar('closed', closed)], ['put', bar('late')]),
                end(['put', bar('amended', amended)], ['fill', bar('history', closed)]),
                end(['put', bar('partial', partial)], ['fill', bar('whole', closed)]),
                end(['put', bar('live')], ['fill', bar('history', closed)], ['put', bar('late')]),
              ];
            })()\
            """));
  }

  @Test
  void barsStayInOrderHoweverTheyCome(Desk desk) {
    assertEquals(
        List.of(List.of(1, 2, 3, 4), true, false, List.of(3, 5), true),
        call(
            desk,
            "model/bars",
            """
            (() => {
              const bars = new m.Bars();
              bars.put({ t: 3 });
              bars.fill([{ t: 1 }, { t: 2 }, { t: 3 }]);
              bars.put({ t: 4 });
              const inOrder = bars.all.map((bar) => bar.t);
              const { whole } = bars.takeChanges();
              bars.put({ t: 5 });
              bars.put({ t: 3, closed: true });
              const next = bars.takeChanges();
              bars.fill([{ t: 6 }, { t: 7 }]);
              const several = bars.takeChanges();
              return [inOrder, whole, next.whole, next.bars.map((bar) => bar.t), several.whole];
            })()\
            """));
  }

  @Test
  void timesAreThoseOfTheExchange(Desk desk) {
    assertEquals(
        List.of("2026-11-30 09:15", 1_796_030_100, "2026-11-30 03:45", true),
        call(
            desk,
            "model/zones",
            """
            (() => {
              const india = new m.ZoneClock(m.zoneOf({ segment: 'NSE_EQ' }));
              const utc = new m.ZoneClock(m.zoneOf({ segment: 'BINANCE' }));
              const open = 1796010300000;
              const seconds = india.seconds(open);
              return [india.text(open, 1), seconds, utc.text(open, 1), india.timeOf(seconds) === open];
            })()\
            """));
  }

  @Test
  void statesAreThoseOfTheSourceThatIsShown(Desk desk) {
    assertEquals(
        List.of(true, false, true, true),
        call(
            desk,
            "model/sources",
            """
            (() => {
              const sources = new m.Sources();
              sources.update({ source: 'dhan', state: 'down' });
              sources.update({ source: 'bus', state: 'stale' });
              const binance = sources.of('binance');
              return [sources.has('down'), binance.has('down'), binance.has('stale'),
                      sources.of('').has('down')];
            })()\
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
