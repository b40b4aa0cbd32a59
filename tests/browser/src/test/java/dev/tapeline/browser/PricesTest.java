package dev.tapeline.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The watchlist's prices as they come. */
@ExtendWith(InBrowser.class)
class PricesTest {

  private static final String SOME_CELL_IS_LIT =
      """
      () => [...document.querySelectorAll('.js-ltp-cell.flash')].some((cell) =>
          getComputedStyle(cell, '::before').opacity > 0.1
              && '\u25b2\u25bc'.includes(cell.querySelector('.arrow').textContent))\
      """;

  @Test
  void familiarInstrumentsArePriced(Desk desk) {
    desk.isLive();
    for (String symbol : new String[] {"NIFTY", "BANKNIFTY", "HDFCBANK", "RELIANCE"}) {
      assertThat(desk.price(symbol)).hasText(Desk.A_PRICE);
    }
  }

  @Test
  void pricesMove(Desk desk) {
    desk.isLive();
    Desk.moves(desk.price("NIFTY"));
    Desk.moves(desk.price("HDFCBANK"));
  }

  @Test
  void movedPriceFlashesAndShowsItsDirection(Desk desk) {
    desk.isLive();
    Page page = desk.page();
    page.waitForCondition(() -> (boolean) page.evaluate(SOME_CELL_IS_LIT));
  }

  @Test
  void flashEndsAfterHalfASecond(Desk desk) {
    desk.isLive();
    Object lasted =
        desk.page()
            .evaluate(
                """
                () => new Promise((resolve) => {
                  const litSince = new Map();
                  const observer = new MutationObserver((changes) => {
                    for (const { target, oldValue } of changes) {
                      const wasLit = /\\bflash\\b/.test(oldValue ?? '');
                      const isLit = target.classList.contains('flash');
                      if (isLit && !wasLit) litSince.set(target, performance.now());
                      if (!isLit && litSince.has(target)) {
                        observer.disconnect();
                        resolve(performance.now() - litSince.get(target));
                      }
                    }
                  });
                  const options = { attributeFilter: ['class'], attributeOldValue: true };
                  for (const cell of document.querySelectorAll('.js-ltp-cell')) {
                    observer.observe(cell, options);
                  }
                })\
                """);
    assertTrue(((Number) lasted).doubleValue() >= 400, () -> "flash lasted only " + lasted + " ms");
  }

  @Test
  void rowTellsWhatATraderLooksAt(Desk desk) {
    desk.isLive();
    Locator row = desk.row("HDFCBANK");
    assertThat(row.locator(".bid")).hasText(Desk.A_PRICE);
    assertThat(row.locator(".ask")).hasText(Desk.A_PRICE);
    assertThat(row.locator(".change")).hasText(Pattern.compile("[+\u2212]?[\\d,.]+$"));
    assertThat(row.locator(".percent")).hasText(Pattern.compile("^[+\u2212]?\\d+\\.\\d\\d%$"));
    assertThat(row.locator(".volume")).hasText(Pattern.compile("^\\d[\\d.]*[A-Za-z]*$"));
    assertThat(row.locator(".time")).hasText(Pattern.compile("^\\d\\d:\\d\\d:\\d\\d$"));
    assertThat(row.locator(".spark path")).hasAttribute("d", Pattern.compile("^M.*L"));
  }

  @Test
  void cellsCarryTheInstrumentKey(Desk desk) {
    desk.isLive();
    Locator cell = desk.page().locator(".js-ltp-cell[data-instrument-key='NSE_EQ:1333']");
    assertThat(cell.locator(".value")).hasText(Desk.A_PRICE);
  }

  @Test
  void simulatedPricesAreLabelledWhereverTheyAre(Desk desk) {
    desk.isLive();
    assertThat(desk.page().locator(".badge[data-kind=simulated]")).isVisible();
    int rows = desk.rows().count();
    assertThat(desk.page().locator("tr[data-symbol] .tag")).hasCount(rows);
  }

  @Test
  void barTellsRateLatencyAndRoundTrip(Desk desk) {
    desk.isLive();
    Locator figures = desk.page().locator(".figures dd");
    assertThat(figures.nth(0)).hasText(Pattern.compile("^[1-9][\\d.]*/s$"));
    assertThat(figures.nth(1)).hasText(Pattern.compile("^\\d+ ms$"));
    assertThat(figures.nth(2)).hasText(Pattern.compile("^\\d+ ms$"));
  }

  /** Many ticks in one frame are drawn once. */
  @Test
  void burstOfTicksCostsOneDrawingAFrame(Lab lab) {
    Wire wire = new Wire();
    Desk desk = lab.visit(lab.server(), Lab.options(), wire::watch).isLive();
    desk.page()
        .evaluate(
            """
            () => {
              const value = document.querySelector('tr[data-symbol=NIFTY] .js-ltp-cell .value');
              window.drawings = 0;
              window.frames = 0;
              new MutationObserver(() => window.drawings++)
                  .observe(value, { characterData: true, childList: true, subtree: true });
              const count = () => { window.frames++; requestAnimationFrame(count); };
              requestAnimationFrame(count);
            }\
            """);
    wire.pour("NIFTY", 1_000);
    assertThat(desk.price("NIFTY")).hasText("1,000.00");
    int drawings = (int) desk.page().evaluate("window.drawings");
    int frames = (int) desk.page().evaluate("window.frames");
    assertTrue(drawings <= frames + 1, () -> drawings + " drawings in " + frames + " frames");
    assertEquals("1,000.00", desk.price("NIFTY").textContent());
  }
}
