package dev.tapeline.simulate.dhan;

import dev.tapeline.simulate.net.ClientSocket;
import dev.tapeline.simulate.net.Json;
import dev.tapeline.simulate.net.SocketHandler;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A socket of order updates. The client logs in by its first message, and gets no answer; a bad
 * token ends the connection by a reset. Owned by the server's loop.
 */
final class OrderSocket implements SocketHandler {

  private static final Duration BEFORE_RESET = Duration.ofMillis(10);
  private static final int LOGIN = 42;

  private final DhanFloor floor;
  private final ClientSocket socket;
  private boolean loggedIn;

  OrderSocket(DhanFloor floor, ClientSocket socket) {
    this.floor = floor;
    this.socket = socket;
  }

  @Override
  public void onOpen() {}

  @Override
  public void onText(String text) {
    JsonNode message = Json.parse(text);
    JsonNode login = message == null ? Json.object() : message.path("LoginReq");
    DhanTokens.Verdict verdict =
        floor.tokens().check(login.path("ClientId").asString(""), login.path("Token").asString(""));
    if (login.path("MsgCode").asInt(0) != LOGIN || verdict != DhanTokens.Verdict.GOOD) {
      floor.counters().count("refused_logins");
      socket.after(BEFORE_RESET, socket::reset);
      return;
    }
    loggedIn = true;
  }

  boolean isOpen() {
    return socket.isOpen();
  }

  /** Ends without a word, because the token has ended. */
  void expire() {
    if (loggedIn) {
      socket.reset();
    }
  }

  /** Tells of an order, if the client is logged in. */
  void tell(String event) {
    if (loggedIn) {
      socket.sendText(event);
    }
  }

  @Override
  public List<String> subscriptions() {
    return loggedIn ? List.of("orders") : List.of();
  }
}
