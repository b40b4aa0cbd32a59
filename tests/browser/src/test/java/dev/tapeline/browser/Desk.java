package dev.tapeline.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The dashboard in one tab, as a person sees it. */
final class Desk implements AutoCloseable {

  static final Pattern A_PRICE = Pattern.compile("^[\\d,]+\\.\\d{2,}$");

  private final Page page;
  private final List<String> errors = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();

  Desk(Page page) {
    this.page = page;
    page.onPageError(errors::add);
    page.onConsoleMessage(this::onConsole);
  }

  private void onConsole(ConsoleMessage message) {
    if (message.text().contains("Content Security Policy")) {
      violations.add(message.text());
    } else if (message.type().equals("error")) {
      complaints.add(message.text());
    }
  }

  Page page() {
    return page;
  }

  /** The errors that the page's scripts did not catch. */
  List<String> errors() {
    return List.copyOf(errors);
  }

  /** The attempts of the page that its security policy forbids. */
  List<String> violations() {
    return List.copyOf(violations);
  }

  /** The other errors in the browser's console. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Saves a picture of the page among the build's results. */
  void picture(String name) {
    Path file = Path.of("target", "pictures", name + ".png");
    page.screenshot(new Page.ScreenshotOptions().setPath(file));
  }

  Locator row(String symbol) {
    return page.locator("tr[data-symbol='" + symbol + "']");
  }

  Locator rows() {
    return page.locator("tr[data-symbol]");
  }

  List<String> symbols() {
    return rows().all().stream().map(it -> it.getAttribute("data-symbol")).toList();
  }

  Locator price(String symbol) {
    return row(symbol).locator(".js-ltp-cell .value");
  }

  Locator state() {
    return page.locator(".state [role=status]");
  }

  Locator notice() {
    return page.locator(".notice");
  }

  Locator search() {
    return page.locator("#search");
  }

  Locator choices() {
    return page.locator("#choices [role=option]");
  }

  Locator messages() {
    return page.locator(".messages li");
  }

  Locator subscription(String channel) {
    return page.locator(".subscriptions li")
        .filter(new Locator.FilterOptions().setHasText(channel));
  }

  void subscribe(String channel) {
    page.locator(".subscribe .channel").fill(channel);
    page.locator(".subscribe button").click();
  }

  /** By how many pixels the page is wider than the screen. */
  int overflow() {
    return (int) page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
  }

  /** Waits until the first row has a price that comes by WebSocket. */
  Desk isLive() {
    assertThat(state()).hasText("Live");
    assertThat(rows().first().locator(".js-ltp-cell .value")).hasText(A_PRICE);
    return this;
  }

  /** Waits until a text changes. */
  static void moves(Locator text) {
    String before = text.textContent();
    assertThat(text).not().hasText(before);
  }

  @Override
  public void close() {
    page.context().close();
  }
}
