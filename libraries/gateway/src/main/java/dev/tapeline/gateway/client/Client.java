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
 * A connected client: handles its frames and watches its signs of life. While the connection is
 * blocked nothing is read from it, so that answers can't pile up. Owned by its lane.
 */
public final class Client extends SimpleChannelInboundHandler<WebSocketFrame>
    implements RoleLimits.Owner {

  /** The rate at which a client may send invalid messages for as long as it likes. */
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
   * @param patience how long a client may stay without a credential
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

  /** The id of the client, unique on this node. */
  String id() {
    return id;
  }

  public boolean isEnding() {
    return ending;
  }

  /** The report for administrators. */
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

  /** Whether the client's present identity may publish on some channel. */
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

  /** Counts a message beyond the rate; in the long run there may be as many as within it. */
  private boolean strike(long now) {
    boolean over = overRate.count(rateLimit.ratePerSecond(), now) == Offence.TOO_MANY;
    if (over) {
      close(CloseReason.RATE_ABUSE);
    }
    return over;
  }

  /** Counts a further command of the same message; returns whether it may be executed. */
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

  /** Begins the client's life in the pipeline: its deadline runs from now on. */
  public void begin() {
    deadline.look();
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

  /**
   * Checks whether the client may stay and is alive. A sign of life is a frame from the client, or
   * that it reads what it is sent.
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

  /** Pings a silent client; if the client has gone, the write fails. */
  private void keepAlive(long now, long pingNanos) {
    if (now - seenNanos > pingNanos && !session.isBlocked()) {
      seenNanos = now;
      control.ping();
    }
  }

  /** Tells the client when to reconnect, and closes the connection. */
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
   * Ends the conversation, then the connection. Until then the client's bytes are read and dropped:
   * unread bytes would reset the connection, and the close code would be lost.
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

  /** Begins the end; false if it had begun before. */
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
