package dev.tapeline.gateway.client;

import dev.tapeline.core.admin.ConnectionReport;
import dev.tapeline.gateway.meters.GatewayCounters;
import dev.tapeline.hub.lane.Session;
import dev.tapeline.hub.lane.SessionListener;
import dev.tapeline.protocols.spi.CloseReason;
import dev.tapeline.protocols.spi.Conversation;
import dev.tapeline.protocols.spi.ConversationContext;
import dev.tapeline.protocols.spi.Entitlement;
import dev.tapeline.protocols.spi.Opening;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.Optional;

/**
 * A connected client: owns its session and conversation, and handles its frames. While the
 * connection is blocked nothing is read from it, so that answers can't pile up. Owned by its lane.
 */
public final class Client extends SimpleChannelInboundHandler<WebSocketFrame>
    implements ConversationContext, SessionListener, Entitlement.Listener {

  private final ClientOrigin origin;
  private final Session session;
  private final Entitlement entitlement;
  private final Conversation conversation;
  private final Conduct conduct;
  private final Liveness liveness;
  private final CredentialDeadline deadline;
  private final ConnectionControl control;
  private final ConnectionEnd end;
  private final GatewayCounters counters;
  private long messages;

  /**
   * Makes a client with its session and conversation. They get this client, but don't call it
   * before it is {@linkplain #greet greeted}.
   */
  public Client(
      ClientConnection connection,
      ClientOrigin origin,
      Opening opening,
      RoleLimits roleLimits,
      GatewayServices services) {
    this.origin = origin;
    this.control = connection.control();
    this.counters = services.counters();
    this.session = connection.open(this);
    this.entitlement = new Entitlement(session, services.entitlement(), roleLimits, this);
    this.conversation = origin.protocol().newConversation(this, opening);
    this.conduct = new Conduct(roleLimits.rateLimit(), counters);
    this.liveness = new Liveness(control.isAnswered(), System.nanoTime());
    this.deadline =
        new CredentialDeadline(
            entitlement, session.channel().eventLoop(), services.patience(), this::close);
    this.end = new ConnectionEnd(session, conversation, control, deadline, counters);
  }

  /** The id of the client, unique on this node. */
  String id() {
    return origin.id();
  }

  public boolean isEnding() {
    return end.hasBegun();
  }

  /** The report for administrators. */
  public ConnectionReport report() {
    return ClientReport.of(origin, session, conversation, entitlement, messages);
  }

  /** Whether the client's present identity may publish on some channel. */
  public boolean mayPublish() {
    return entitlement.mayPublish();
  }

  @Override
  public Session session() {
    return session;
  }

  @Override
  public Entitlement entitlement() {
    return entitlement;
  }

  Conversation conversation() {
    return conversation;
  }

  /** Begins the conversation, before the client is in the pipeline. */
  public void greet(Opening opening) {
    conversation.begin(opening);
  }

  /** Begins the client's life in the pipeline: its deadline runs from now on. */
  public void begin() {
    if (!end.hasBegun()) {
      deadline.begin();
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
    if (end.hasBegun()) {
      if (frame instanceof CloseWebSocketFrame) {
        ctx.close();
      }
      return;
    }
    long now = System.nanoTime();
    liveness.onFrame(now);
    if (frame instanceof PongWebSocketFrame) {
      return;
    }
    messages++;
    counters.messagesIn.increment();
    if (frame instanceof CloseWebSocketFrame) {
      ctx.writeAndFlush(frame.retain()).addListener(ChannelFutureListener.CLOSE);
    } else if (!conduct.take(now)) {
      onRateExceeded(now);
    } else if (frame instanceof PingWebSocketFrame) {
      ctx.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
    } else if (frame instanceof TextWebSocketFrame text) {
      onText(text.text(), now);
    } else if (frame instanceof BinaryWebSocketFrame) {
      onBinary(ByteBufUtil.getBytes(frame.content()));
    }
  }

  private void onRateExceeded(long now) {
    Optional<CloseReason> abuse = conduct.countExcess(now);
    if (abuse.isPresent()) {
      close(abuse.get());
    } else {
      conversation.onRateExceeded(conduct.ratePerSecond());
    }
  }

  private void onText(String text, long now) {
    conduct.beginMessage();
    boolean valid = conversation.onText(text);
    Optional<CloseReason> abuse = conduct.endMessage(valid, now);
    if (abuse.isPresent()) {
      close(abuse.get());
    }
  }

  private void onBinary(byte[] message) {
    if (!conversation.onBinary(message)) {
      close(CloseReason.UNSUPPORTED_DATA);
    }
  }

  @Override
  public void onKnown() {
    deadline.look();
  }

  /** Closes the client after the answer to its request. */
  @Override
  public void onExpired() {
    session.lane().execute(() -> close(CloseReason.EXPIRED));
  }

  @Override
  public void onCrowded() {
    close(CloseReason.TOO_MANY_CONNECTIONS);
  }

  /** Checks whether the client may stay and is alive. */
  void check(long now, long pingNanos) {
    if (end.hasBegun() || deadline.check() == CredentialDeadline.Stay.OVER) {
      return;
    }
    switch (liveness.look(now, pingNanos, session.progress(), session.isBlocked())) {
      case NOTHING -> {}
      case PING -> control.ping();
      case CLOSE -> close(CloseReason.IDLE);
    }
  }

  /** Tells the client when to reconnect, and closes the connection. */
  public void postpone(long millis) {
    conversation.onReconnect(millis);
    close(CloseReason.RUSH);
  }

  @Override
  public void close(CloseReason reason) {
    end.close(reason);
  }

  @Override
  public boolean takeCommand() {
    return conduct.takeCommand(System.nanoTime());
  }

  @Override
  public void onTooManyMatches() {
    conversation.onTooManyMatches();
  }

  @Override
  public void onTooSlow() {
    close(CloseReason.TOO_SLOW);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    ctx.channel().config().setAutoRead(end.hasBegun() || ctx.channel().isWritable());
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    end.release();
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    end.closeAfter(ctx, cause);
  }
}
