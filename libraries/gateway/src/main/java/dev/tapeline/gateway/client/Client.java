package dev.tapeline.gateway.client;

import dev.tapeline.access.policy.Identity;
import dev.tapeline.core.admin.ConnectionReport;
import dev.tapeline.gateway.client.AbuseLimit.Offence;
import dev.tapeline.gateway.meters.GatewayCounters;
import dev.tapeline.hub.lane.Session;
import dev.tapeline.protocols.spi.CloseCode;
import dev.tapeline.protocols.spi.CloseReason;
import dev.tapeline.protocols.spi.Conversation;
import dev.tapeline.protocols.spi.Entitlement;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * One connected client: its frames in, and its signs of life. While it does not take what is
 * written to it, nothing is read from it, so that its requests can't pile up answers. Owned by its
 * lane.
 */
public final class Client extends SimpleChannelInboundHandler<WebSocketFrame>
    implements RoleLimits.Owner {

  /** Messages without sense that a client may send for as long as it likes. */
  private static final int SENSELESS_PER_SECOND = 5;

  private static final AtomicLong NAMES = new AtomicLong();
  private static final int LETTERS = 36;

  private final String id = Long.toString(NAMES.incrementAndGet(), LETTERS);
  private final long openedMillis = System.currentTimeMillis();
  private final Session session;
  private final Conversation conversation;
  private final Entitlement entitlement;
  private final ConnectionControl control;
  private final ClientOrigin origin;
  private final MessageRateLimit rateLimit;
  private final GatewayCounters counters;
  private final AbuseLimit overRate = new AbuseLimit();
  private final AbuseLimit senseless = new AbuseLimit();
  private boolean overran;
  private long seenNanos;
  private long seenProgress;
  private final CredentialDeadline deadline;
  private boolean pinged;
  private boolean ending;
  private long messages;

  /**
   * @param patience for a client that has yet to show who it is
   */
  public Client(
      Session session,
      Conversation conversation,
      Entitlement entitlement,
      RoleLimits roleLimits,
      ConnectionControl control,
      ClientOrigin origin,
      Duration patience,
      GatewayCounters counters,
      long nowNanos) {
    this.session = session;
    this.conversation = conversation;
    this.entitlement = entitlement;
    this.control = control;
    this.origin = origin;
    this.rateLimit = roleLimits.rateLimit();
    this.counters = counters;
    this.seenNanos = nowNanos;
    Consumer<CloseReason> closer = this::close;
    this.deadline =
        new CredentialDeadline(entitlement, session.channel().eventLoop(), patience, closer);
    conversation.closeBy(closer);
    roleLimits.tell(this);
    session.onTooSlow(() -> close(CloseReason.TOO_SLOW));
    conversation.limitBy(this::takeOneMore);
  }

  /** Its name on this node, as long as it lives. */
  String id() {
    return id;
  }

  public boolean isEnding() {
    return ending;
  }

  /** What it is doing. */
  public ConnectionReport report() {
    Optional<Identity> identity = entitlement.identity();
    ChannelOutboundBuffer pending = session.channel().unsafe().outboundBuffer();
    return new ConnectionReport(
        id,
        identity.flatMap(Identity::subject).orElse(null),
        identity.map(Identity::role).orElse(null),
        origin.address().getHostAddress(),
        conversation.protocol().orElse(origin.protocol().name()),
        origin.path(),
        origin.agent(),
        openedMillis,
        session.tier().text(),
        session.isBlocked(),
        pending == null ? 0 : pending.totalPendingWriteBytes(),
        session.framesWritten(),
        messages,
        session.missing(),
        session.channels(),
        session.reports());
  }

  /** Whether it may publish anything, as who it is now. */
  public boolean mayPublish() {
    return entitlement.mayPublish();
  }

  Session session() {
    return session;
  }

  Conversation conversation() {
    return conversation;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
    if (ending) {
      if (frame instanceof CloseWebSocketFrame) {
        ctx.close();
      }
      return;
    }
    long now = System.nanoTime();
    seenNanos = now;
    pinged = false;
    if (frame instanceof PongWebSocketFrame) {
      return;
    }
    messages++;
    counters.messagesIn.increment();
    if (frame instanceof CloseWebSocketFrame) {
      ctx.writeAndFlush(frame.retain()).addListener(ChannelFutureListener.CLOSE);
    } else if (!rateLimit.take(now)) {
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
    counters.rateLimited.increment();
    if (!strike(now)) {
      conversation.onRateExceeded(rateLimit.ratePerSecond());
    }
  }

  private void onBinary(byte[] message) {
    if (!conversation.onBinary(message)) {
      close(CloseReason.UNSUPPORTED_DATA);
    }
  }

  /** Counts a message beyond the rate: for long there may be as many as within it. */
  private boolean strike(long now) {
    boolean over = overRate.count(rateLimit.ratePerSecond(), now) == Offence.TOO_MANY;
    if (over) {
      close(CloseReason.RATE_ABUSE);
    }
    return over;
  }

  /** Counts a further command of the same message; whether it may be obeyed. */
  private boolean takeOneMore() {
    counters.messagesIn.increment();
    boolean may = rateLimit.take(System.nanoTime());
    if (!may) {
      counters.rateLimited.increment();
      overran = true;
    }
    return may;
  }

  private void onText(String text, long now) {
    overran = false;
    boolean sensible = conversation.onText(text);
    if (overran && strike(now)) {
      return;
    }
    if (!sensible) {
      counters.badMessages.increment();
      if (senseless.count(SENSELESS_PER_SECOND, now) == Offence.TOO_MANY) {
        close(CloseReason.BAD_MESSAGES);
      }
    }
  }

  /** It is in its place: from now on its time runs. */
  public void begin() {
    deadline.look();
  }

  @Override
  public void onKnown() {
    deadline.look();
  }

  /** Behind the answer to what it has asked for. */
  @Override
  public void onExpired() {
    session.lane().execute(() -> close(CloseReason.EXPIRED));
  }

  @Override
  public void onCrowded() {
    close(CloseReason.TOO_MANY_CONNECTIONS);
  }

  /**
   * Looks whether it may stay, and for signs of life: a frame from the client, or that it takes
   * what it is sent.
   */
  void check(long now, long pingNanos) {
    if (ending || deadline.check() == CredentialDeadline.Stay.OVER) {
      return;
    }
    if (!control.isAnswered()) {
      keepAlive(now, pingNanos);
      return;
    }
    if (session.progress() != seenProgress) {
      seenProgress = session.progress();
      seenNanos = now;
      return;
    }
    long silent = now - seenNanos;
    if (silent > pingNanos * 5 / 2) {
      close(CloseReason.IDLE);
    } else if (silent > pingNanos && !pinged && !session.isBlocked()) {
      pinged = true;
      control.ping();
    }
  }

  /** Shows a sign of life to a client that shows none; if it has gone, writing to it fails. */
  private void keepAlive(long now, long pingNanos) {
    if (now - seenNanos > pingNanos && !session.isBlocked()) {
      seenNanos = now;
      control.ping();
    }
  }

  /** Tells the client when to come back, and closes the connection. */
  public void postpone(long millis) {
    conversation.onReconnect(millis);
    close(CloseReason.RUSH);
  }

  public void close(CloseReason reason) {
    if (!ending) {
      counters.closed(reason);
      end(conversation.closeCode(reason));
    }
  }

  /**
   * Ends the conversation, then the connection. Until then what the client sends is thrown away,
   * for unread bytes would reset the connection, and the code would be lost.
   */
  private void end(CloseCode said) {
    if (beginEnd()) {
      control.end(said);
    }
  }

  private void endUnheard(WebSocketCloseStatus status) {
    if (beginEnd()) {
      control.endUnheard(new CloseCode(status.code(), status.reasonText()));
    }
  }

  /** Whether it has not begun before. */
  private boolean beginEnd() {
    boolean begins = !ending;
    if (begins) {
      ending = true;
      deadline.stop();
      session.close();
      session.channel().config().setAutoRead(true);
    }
    return begins;
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    ctx.channel().config().setAutoRead(ending || ctx.channel().isWritable());
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    deadline.stop();
    session.close();
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    counters.connectionErrors.increment();
    switch (cause) {
      case CorruptedWebSocketFrameException broken -> endUnheard(broken.closeStatus());
      case TooLongFrameException _ -> endUnheard(WebSocketCloseStatus.MESSAGE_TOO_BIG);
      default -> {
        if (Failures.report(ctx, cause) == Failures.Side.GATEWAY) {
          close(CloseReason.FAILED);
        } else {
          ctx.close();
        }
      }
    }
  }
}
