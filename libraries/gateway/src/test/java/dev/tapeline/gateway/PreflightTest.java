package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What browsers ask before, and hear with, a page's stream from another origin. */
class PreflightTest {

  private static final String PAGE = "Origin: https://trade.example\r\n";
  private static final String ASK =
      "Access-Control-Request-Method: GET\r\n"
          + "Access-Control-Request-Headers: authorization,last-event-id,x-api-key\r\n";

  private final TestGateway gateway =
      new TestGateway(config ->
          config.http(it ->
              it.withAllowedOrigins(List.of("https://trade.example", "https://other.example"))));

  @AfterEach
  void stop() {
    gateway.close();
  }

  private String head(String method, String target, String headers) {
    return head(gateway, method, target, headers);
  }

  private static String head(TestGateway gateway, String method, String target, String headers) {
    try (RawClient client = new RawClient(gateway.port, 0)) {
      client.write(method + " " + target + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");
      return client.readHead();
    }
  }

  @Test
  void pagesOfAllowedOriginsMayShowWhoTheyAre() {
    String head = head("OPTIONS", "/sse?channels=a", PAGE + ASK);
    assertTrue(head.startsWith("HTTP/1.1 204 "), head);
    assertEquals(
        List.of(
            "Vary: Origin",
            "Access-Control-Allow-Origin: https://trade.example",
            "Access-Control-Allow-Credentials: true",
            "Access-Control-Expose-Headers: Retry-After",
            "Access-Control-Allow-Methods: GET",
            "Access-Control-Allow-Headers:"
                + " Authorization, Content-Type, Last-Event-ID, X-API-Key",
            "Access-Control-Max-Age: 7200",
            "Connection: close",
            ""),
        head.lines().skip(1).toList());
  }

  /** With credentials, a browser takes no {@code *}. */
  @Test
  void streamsAndRefusalsNameTheOrigin() {
    String stream = head("GET", "/sse?channels=a", PAGE);
    assertTrue(stream.startsWith("HTTP/1.1 200 "), stream);
    String refusal = head("GET", "/sse", PAGE);
    assertTrue(refusal.startsWith("HTTP/1.1 400 "), refusal);
    String unknown = head("GET", "/sse?channels=a&token=none", PAGE);
    assertTrue(unknown.startsWith("HTTP/1.1 401 "), unknown);
    for (String head : List.of(stream, refusal, unknown)) {
      assertTrue(head.contains("\r\nAccess-Control-Allow-Origin: https://trade.example\r\n"), head);
      assertTrue(head.contains("\r\nAccess-Control-Allow-Credentials: true\r\n"), head);
      assertTrue(head.contains("\r\nVary: Origin\r\n"), head);
    }
  }

  @Test
  void otherPagesAreRefused() {
    String stranger = "Origin: https://evil.example\r\n";
    for (String method : List.of("OPTIONS", "GET")) {
      String head = head(method, "/sse?channels=a", stranger + ASK);
      assertTrue(head.startsWith("HTTP/1.1 403 "), head);
      assertFalse(head.contains("Access-Control-Allow"), head);
    }
  }

  @Test
  void withoutAListAnyPageMayConnect() {
    for (List<String> any : List.of(List.<String>of(), List.of("*"))) {
      try (TestGateway open =
          new TestGateway(config -> config.http(it -> it.withAllowedOrigins(any)))) {
        String head = head(open, "OPTIONS", "/sse", PAGE + ASK);
        assertTrue(head.contains("Allow-Origin: https://trade.example\r\n"), head);
        assertEquals("101", open.status("/ws", PAGE));
      }
    }
  }

  @Test
  void optionsOfNoPageSayWhatIsAllowed() {
    String head = head("OPTIONS", "/sse?channels=a", "");
    assertTrue(head.startsWith("HTTP/1.1 405 "), head);
    assertTrue(head.contains("\r\nAllow: GET, OPTIONS\r\n"), head);
  }
}
