package dev.tapeline.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An interceptor between the page and the real server: it can add frames to those of the server,
 * and close the connection with a code.
 */
final class Wire {

  private static final Pattern GATEWAY = Pattern.compile(".*/ws$");

  private final List<WebSocketRoute> wires = new ArrayList<>();
  private final Set<WebSocketRoute> muted = new HashSet<>();

  /** Intercepts the page's gateway connections; added frames go into the newest. */
  void watch(Page page) {
    page.routeWebSocket(GATEWAY, this::connect);
  }

  private void connect(WebSocketRoute route) {
    WebSocketRoute server = route.connectToServer();
    route.onMessage(frame -> server.send(frame.text()));
    server.onMessage(frame -> {
      if (!muted.contains(route)) {
        route.send(frame.text());
      }
    });
    wires.add(route);
  }

  /** The number of connections that the page has made. */
  int connections() {
    return wires.size();
  }

  /** Holds back the server's frames on this connection, so that only added frames arrive. */
  void mute() {
    muted.add(wires.getLast());
  }

  void say(String frame) {
    wires.getLast().send(frame);
  }

  void cut(int code, String reason) {
    wires.getLast().close(new WebSocketRoute.CloseOptions().setCode(code).setReason(reason));
  }

  /** Adds ticks of 1 to {@code count}, after which nothing else comes. */
  void pour(String symbol, int count) {
    mute();
    for (int i = 1; i <= count; i++) {
      say(
          """
          {"type":"data","channel":"market:tick:%s","seq":%d,"data":{"symbol":"%s","ltp":%d.00}}\
          """
              .formatted(symbol, 1_000_000 + i, symbol, i));
    }
  }
}
