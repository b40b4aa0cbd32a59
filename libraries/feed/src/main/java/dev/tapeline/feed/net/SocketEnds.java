package dev.tapeline.feed.net;

import dev.tapeline.feed.vendor.Address;
import dev.tapeline.feed.vendor.SocketEnd;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.concurrent.CompletionException;

/** Turns the failure of a connection into its end. */
final class SocketEnds {

  private static final int SWITCHING_PROTOCOLS = 101;

  private SocketEnds() {}

  /**
   * @param timeout of the handshake
   */
  static SocketEnd of(Throwable failure, Address address, Duration timeout) {
    Throwable cause = failure.getCause();
    if (failure instanceof CompletionException && cause != null) {
      return of(cause, address, timeout);
    }
    if (failure instanceof WebSocketHandshakeException handshake) {
      return refused(handshake, address);
    }
    return new SocketEnd.Broken(Reasons.of(failure, address, timeout));
  }

  private static SocketEnd refused(WebSocketHandshakeException failure, Address address) {
    HttpResponse<?> response = failure.getResponse();
    if (response == null || response.statusCode() == SWITCHING_PROTOCOLS) {
      return new SocketEnd.Broken("it does not upgrade to a WebSocket as it should");
    }
    String said = Reasons.excerpt(String.valueOf(response.body()), address);
    String status = "HTTP status " + response.statusCode();
    return new SocketEnd.Refused(
        response.statusCode(), said.isEmpty() ? status : "%s: %s".formatted(status, said));
  }
}
