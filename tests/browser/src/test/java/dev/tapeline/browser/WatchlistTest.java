package dev.tapeline.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Finding, adding, moving and removing instruments. */
@ExtendWith(InBrowser.class)
class WatchlistTest {

  @Test
  void foundInstrumentIsAddedAndPriced(Desk desk) {
    desk.isLive();
    remove(desk, "HDFCBANK");
    desk.search().fill("hdfc");
    assertThat(desk.choices().first()).containsText("HDFCBANK");
    desk.choices().first().click();
    assertThat(desk.rows().last()).hasAttribute("data-symbol", "HDFCBANK");
    assertThat(desk.price("HDFCBANK")).hasText(Desk.A_PRICE);
  }

  @Test
  void searchSaysWhenNothingFits(Desk desk) {
    desk.isLive();
    desk.search().fill("no such thing");
    assertThat(desk.page().locator(".choices-message")).hasText("No instrument matches.");
  }

  @Test
  void listIsKeptInTheBrowser(Desk desk) {
    desk.isLive();
    remove(desk, "NIFTY");
    List<String> kept = desk.symbols();
    desk.page().reload();
    desk.isLive();
    assertEquals(kept, desk.symbols());
  }

  @Test
  void rowIsDraggedToAnotherPlace(Desk desk) {
    desk.isLive();
    List<String> before = desk.symbols();
    desk.row(before.get(0)).hover();
    desk.row(before.get(0)).locator(".grip").hover();
    desk.page().mouse().down();
    desk.row(before.get(1)).hover();
    desk.row(before.get(2)).hover();
    desk.page().mouse().up();
    assertThat(desk.rows().nth(2)).hasAttribute("data-symbol", before.get(0));
    desk.page().mouse().move(700, 400);
    assertThat(desk.rows().nth(2)).hasAttribute("data-symbol", before.get(0));
  }

  @Test
  void removedInstrumentIsGone(Desk desk) {
    desk.isLive();
    remove(desk, "RELIANCE");
    assertFalse(desk.symbols().contains("RELIANCE"));
  }

  /** The watchlist has at most 40 instruments; the search says so instead of adding another. */
  @Test
  void fullListSaysSo(Lab lab) {
    Desk desk = lab.visit(lab.server(), Lab.options(), WatchlistTest::keepForty);
    assertThat(desk.rows()).hasCount(40);
    assertThat(desk.page().locator("#watchlist-head .panel-note")).hasText("40 of 40");
    desk.search().fill("NIFTY");
    assertThat(desk.page().locator(".choices-message")).containsText("40 instruments at most");
    desk.search().press("Enter");
    assertThat(desk.rows()).hasCount(40);
  }

  private static void keepForty(Page page) {
    String items =
        IntStream.range(0, 40)
            .mapToObj(i -> "{\"symbol\":\"X%d\",\"key\":\"NSE_EQ:9%03d\"}".formatted(i, i))
            .collect(Collectors.joining(",", "[", "]"));
    page.addInitScript("localStorage.setItem('tapeline.watchlist', '" + items + "')");
  }

  private static void remove(Desk desk, String symbol) {
    desk.row(symbol).hover();
    Locator button = desk.row(symbol).getByLabel(Pattern.compile("^Remove"));
    button.click();
    assertThat(desk.row(symbol)).hasCount(0);
  }
}
