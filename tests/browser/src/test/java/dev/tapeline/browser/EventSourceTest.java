package dev.tapeline.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import dev.tapeline.server.compose.LiveServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A browser's own EventSource and WebSocket, in a page of a few lines. */
@ExtendWith(InBrowser.class)
class EventSourceTest {

  private static final String COLLECT =
      """
      (() => {
        window.seen = [];
        window.source = new EventSource('/sse?channels=trade@HDFCBANK,market:tick:NIFTY');
        source.onmessage = (event) => seen.push(JSON.parse(event.data));
      })()\
      """;

  /** Polls a condition from outside: the page's policy forbids polling inside of it. */
  private static void await(Page page, String condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!Boolean.TRUE.equals(page.evaluate(condition))) {
      assertTrue(System.nanoTime() < deadline, "not within 20 s: " + condition);
      page.waitForTimeout(50);
    }
  }

  private static int trades(Page page) {
    return (Integer) page.evaluate("seen.filter(m => m.channel === 'trade@HDFCBANK').length");
  }

  /** Makes the server end the stream, as an administrator does to make clients reconnect. */
  private static void closeStreams(LiveServer server) {
    String connections = "/api/v1/admin/connections";
    String streams = server.get(connections + "?protocol=server-sent%20events");
    String id = streams.replaceAll("(?s).*\"id\":\"(\\w+)\".*", "$1");
    server.post(connections + "/" + id + "/close", "{\"reconnect\":true}");
  }

  @Test
  @SuppressWarnings("unchecked")
  void eventSourceResumesByItselfWithoutAHole(Lab lab) {
    Page page = lab.visit().page();
    page.evaluate(COLLECT);
    await(page, "seen.filter(m => m.channel === 'trade@HDFCBANK').length > 3");
    closeStreams(lab.server());
    await(page, "seen.filter(m => m.type === 'subscribed').length === 2");
    int before = trades(page);
    await(
        page, "seen.filter(m => m.channel === 'trade@HDFCBANK').length > %d".formatted(before + 3));
    Map<String, Object> granted =
        (Map<String, Object>)
            page.evaluate("seen.filter(m => m.type === 'subscribed')[1].channels[0]");
    assertEquals(true, granted.get("recovered"), granted.toString());
    List<Integer> numbers =
        (List<Integer>)
            page.evaluate(
                "seen.filter(m => m.channel === 'trade@HDFCBANK' && m.type === 'data').map(m => m.seq)");
    for (int i = 1; i < numbers.size(); i++) {
      assertEquals(numbers.get(i - 1) + 1, numbers.get(i), numbers.toString());
    }
    assertEquals(4005, page.evaluate("seen.find(m => m.type === 'close').code"));
    page.evaluate("source.close()");
  }

  @Test
  void eventSourceOutlivesARestart(Lab lab) {
    try (LiveServer own = LiveServer.simulated()) {
      Page page = lab.visit(own, Lab.options(), tab -> {}).page();
      page.evaluate(COLLECT);
      await(page, "seen.filter(m => m.type === 'data').length > 3");
      own.restart();
      await(page, "seen.filter(m => m.type === 'subscribed').length === 2");
      int before = (Integer) page.evaluate("seen.length");
      await(page, "seen.length > %d".formatted(before + 3));
      page.evaluate("source.close()");
    }
  }

  /** Uses several pages, because a browser opens at most six connections for one page. */
  @Test
  void eventSourcesOutliveADrain(Lab lab) {
    try (LiveServer own = LiveServer.simulated()) {
      List<Page> pages =
          IntStream.range(0, 3)
              .mapToObj(i -> lab.visit(own, Lab.options(), tab -> {}).page())
              .toList();
      for (Page page : pages) {
        page.evaluate(
            """
            (() => {
              window.seen = [];
              window.sources = [1, 2, 3, 4].map(() => new EventSource('/sse?channels=market:tick:*'));
              sources.forEach(it => { it.onmessage = (event) => seen.push(JSON.parse(event.data)); });
            })()\
            """);
        await(page, "seen.filter(m => m.type === 'subscribed').length === 4");
      }
      own.drainAndRestart(Duration.ofSeconds(6));
      for (Page page : pages) {
        await(page, "seen.filter(m => m.type === 'subscribed').length === 8");
        page.evaluate("sources.forEach(it => it.close())");
      }
    }
  }

  /** A stream beyond the limit of an address is refused until there is room. */
  @Test
  void anEventSourceThatIsOneTooManyComesBackByItself(Lab lab) {
    try (LiveServer own = LiveServer.start(Map.of("MAX_CONNECTIONS_PER_IP", "1"))) {
      Page page = lab.visit().page();
      page.navigate(own.url("/health/live"));
      page.evaluate(
          """
          (() => {
            window.subscribed = [];
            window.sources = [1, 2].map(() => new EventSource('/sse?channels=a'));
            sources.forEach(it => { it.onmessage = () => subscribed.push(it); });
          })()\
          """);
      await(page, "subscribed.length === 1");
      await(page, "sources.every(it => it.readyState !== EventSource.CLOSED)");
      page.evaluate("subscribed[0].close()");
      await(page, "subscribed.length === 2");
      page.evaluate("sources.forEach(it => it.close())");
    }
  }

  @Test
  void aRefusedStreamIsNotTriedAgain(Lab lab) {
    Page page = lab.visit().page();
    page.evaluate("window.source = new EventSource('/sse')");
    await(page, "source.readyState === EventSource.CLOSED");
  }

  /** Browsers offer permessage-deflate by default. */
  @Test
  void aBrowsersWebSocketsGetLongMessagesCompressedAndWholeInBothForms(Lab lab) {
    Page page = lab.visit().page();
    page.evaluate(
        """
        (() => {
          window.seen = [];
          window.sockets = [
            { action: 'subscribe', channels: ['option-chain:NIFTY:2025-11-28'] },
            { type: 'subscribe', channel: 'option-chain', symbol: 'NIFTY', expiry: '2025-11-28' },
          ].map((request) => {
            const socket = new WebSocket(location.origin.replace('http', 'ws') + '/ws');
            socket.onmessage = (event) => seen.push(JSON.parse(event.data));
            socket.onopen = () => socket.send(JSON.stringify(request));
            return socket;
          });
        })()\
        """);
    await(page, "seen.filter(m => m.type === 'subscribed').length === 2");
    String payload = "{\"rows\":\"" + "\\u20b9 12,345.50 ".repeat(2_000) + "\"}";
    lab.server().publish("option-chain:NIFTY:2025-11-28", payload);
    for (String type : List.of("data", "update")) {
      await(page, "seen.some(m => m.type === '%s')".formatted(type));
      String rows = "seen.find(m => m.type === '%s').data.rows".formatted(type);
      assertEquals(true, page.evaluate(rows + " === '\\u20b9 12,345.50 '.repeat(2000)"));
    }
    assertEquals(
        true, page.evaluate("sockets.every(s => s.extensions.startsWith('permessage-deflate'))"));
    page.evaluate("sockets.forEach(s => s.close())");
  }

  @Test
  void everyTickComesWithoutASubscription(Lab lab) {
    Page page = lab.visit().page();
    page.evaluate(
        """
        (() => {
          window.seen = [];
          window.socket = new WebSocket(location.origin.replace('http', 'ws') + '/stream/ticks');
          socket.onmessage = (event) => seen.push(JSON.parse(event.data));
        })()\
        """);
    await(page, "new Set(seen.map(tick => tick.symbol)).size > 5");
    assertEquals(true, page.evaluate("seen.every(tick => tick.ltp > 0)"));
    page.evaluate("socket.close()");
  }
}
