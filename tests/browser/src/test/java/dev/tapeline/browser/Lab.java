package dev.tapeline.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.tapeline.server.compose.LiveServer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One browser for all tests, and their shared server. */
final class Lab implements AutoCloseable {

  private static final double PATIENCE_MS = 20_000;

  private final Playwright playwright;
  private final Browser browser;
  private final LiveServer server;
  private final List<Desk> open = new ArrayList<>();

  Lab() throws Exception {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    playwright = Browsers.playwright();
    browser = Browsers.launch(playwright);
    server = LiveServer.simulated();
  }

  LiveServer server() {
    return server;
  }

  /** The shared server's page on a desktop screen. */
  Desk visit() {
    return visit(server, options(), page -> {});
  }

  Desk visit(NewContextOptions options) {
    return visit(server, options, page -> {});
  }

  /** Another page of the shared server. */
  Desk visit(String path, NewContextOptions options) {
    return visit(server.url(path), options, page -> {});
  }

  /** The same; the action runs on the empty tab before the page loads. */
  Desk visit(String path, Consumer<Page> before) {
    return visit(server.url(path), options(), before);
  }

  /** A server's page; the action runs on the empty tab before the page loads. */
  Desk visit(LiveServer at, NewContextOptions options, Consumer<Page> before) {
    return visit(at.url("/"), options, before);
  }

  private Desk visit(String url, NewContextOptions options, Consumer<Page> before) {
    Page page = browser.newContext(options).newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    Desk desk = new Desk(page);
    open.add(desk);
    before.accept(page);
    page.navigate(url);
    return desk;
  }

  static NewContextOptions options() {
    return new NewContextOptions().setViewportSize(1440, 860);
  }

  static NewContextOptions phone() {
    return new NewContextOptions().setViewportSize(360, 740).setIsMobile(true).setHasTouch(true);
  }

  /**
   * Closes what a test opened, and saves pictures of it if the test failed. Returns the scripts'
   * errors.
   */
  List<String> clear(String test, boolean failed) {
    List<Desk> desks = List.copyOf(open);
    open.clear();
    if (failed) {
      desks.forEach(desk -> desk.picture(test + "-" + desks.indexOf(desk)));
    }
    desks.forEach(Desk::close);
    return desks.stream().flatMap(desk -> desk.errors().stream()).toList();
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
    server.close();
  }
}
