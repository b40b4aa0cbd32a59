package dev.tapeline.gateway.client;

import dev.tapeline.gateway.meters.GatewayCounters;
import dev.tapeline.hub.lane.Session;
import dev.tapeline.protocols.spi.CloseCode;
import dev.tapeline.protocols.spi.CloseReason;
import dev.tapeline.protocols.spi.Conversation;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;

/**
 * The end of one client's connection: gives up the session and the deadline, and tells the client
 * why. It happens once. Owned by the client's lane.
 */
final class ConnectionEnd {

  private final Session session;
  private final Conversation conversation;
  private final ConnectionControl control;
  private final CredentialDeadline deadline;
  private final GatewayCounters counters;
  private boolean begun;

  ConnectionEnd(
      Session session,
      Conversation conversation,
      ConnectionControl control,
      CredentialDeadline deadline,
      GatewayCounters counters) {
    this.session = session;
    this.conversation = conversation;
    this.control = control;
    this.deadline = deadline;
    this.counters = counters;
  }

  boolean hasBegun() {
    return begun;
  }

  /** Ends the conversation, then the connection, unless the end has begun. */
  void close(CloseReason reason) {
    if (!begun) {
      counters.closed(reason);
      CloseCode code = conversation.closeCode(reason);
      begin();
      control.end(code);
    }
  }

  /** Ends the connection after an exception in its pipeline. */
  void closeAfter(ChannelHandlerContext ctx, Throwable cause) {
    counters.connectionErrors.increment();
    switch (cause) {
      case CorruptedWebSocketFrameException broken -> closeUnheard(broken.closeStatus());
      case TooLongFrameException _ -> closeUnheard(WebSocketCloseStatus.MESSAGE_TOO_BIG);
      default -> {
        switch (Failures.report(ctx, cause)) {
          case GATEWAY -> close(CloseReason.FAILED);
          case PEER -> ctx.close();
        }
      }
    }
  }

  /** Ends the connection after bytes that can't be decoded, unless the end has begun. */
  private void closeUnheard(WebSocketCloseStatus status) {
    if (!begun) {
      begin();
      control.endUnheard(new CloseCode(status.code(), status.reasonText()));
    }
  }

  /**
   * Until the connection ends, the client's bytes are read and dropped: unread bytes would reset
   * the connection, and the close code would be lost.
   */
  private void begin() {
    begun = true;
    release();
    session.channel().config().setAutoRead(true);
  }

  /** Gives up what the connection holds. */
  void release() {
    deadline.stop();
    session.close();
  }
}
