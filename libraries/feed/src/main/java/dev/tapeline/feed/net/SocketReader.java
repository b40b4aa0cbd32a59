package dev.tapeline.feed.net;

import dev.tapeline.feed.vendor.Address;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.SocketEnd;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Reads one connection on the thread of its client: it copies the bytes to the inbox, waits there
 * while the inbox is full, and only then asks for more. What comes after the end of the connection
 * is read to find the vendor's close, and thrown away.
 *
 * <p>The client calls it again and again on one thread, without a hand-over in between. Otherwise
 * an end that follows a message closely could overtake it in the client.
 */
final class SocketReader implements WebSocket.Listener {

  /** Stands in the client for an end of the connection without a close frame. */
  private static final int NO_CLOSE_FRAME = 1006;

  private final Connection connection;
  private final Address address;
  private final Inbox inbox;
  private final NetSettings settings;
  private final Assembler assembler;

  SocketReader(Connection connection, Address address, Inbox inbox, NetSettings settings) {
    this.connection = connection;
    this.address = address;
    this.inbox = inbox;
    this.settings = settings;
    this.assembler = new Assembler(settings.maxMessage());
  }

  @Override
  public void onOpen(WebSocket webSocket) {
    connection.opened(webSocket);
    webSocket.request(1);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    if (!connection.isOver()) {
      take(true, assembler.add(data, last));
    }
    webSocket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
    if (!connection.isOver()) {
      take(false, assembler.add(data, last));
    }
    webSocket.request(1);
    return null;
  }

  private void take(boolean text, byte @Nullable [] message) {
    if (message != null) {
      String socket = connection.socket();
      inbox.put(connection, time -> new Arrival.Frame(socket, text, message, time));
    }
  }

  /** The client has answered it. */
  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer message) {
    inbox.put(connection, time -> new Arrival.Pinged(connection.socket(), time));
    webSocket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
    if (code == NO_CLOSE_FRAME) {
      connection.end(new SocketEnd.Broken(Reasons.WITHOUT_CLOSE));
    } else {
      connection.closedByVendor(new SocketEnd.Closed(code, Reasons.excerpt(reason, address)));
    }
    return null;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    connection.end(SocketEnds.of(error, address, settings.connectTimeout()));
  }
}
