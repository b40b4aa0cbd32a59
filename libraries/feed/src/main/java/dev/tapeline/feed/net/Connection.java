package dev.tapeline.feed.net;

import dev.tapeline.feed.vendor.Address;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.SocketEnd;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a socket, from its opening to its end. The next one of this name is another
 * object, so that what arrives from the two can be told apart.
 *
 * <p>A thread of its own, {@code socket-} and its name, looks up where to connect; all else happens
 * on the thread of its channel. The thread of the feed closes it and sends; none of that blocks.
 */
final class Connection {

  private final String socket;
  private final Address.Source source;
  private final NetSettings settings;
  private final Dialer dialer;
  private final Intake intake;
  private final AtomicBoolean over = new AtomicBoolean();
  private final CompletableFuture<Void> tried = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final CompletableFuture<Void> gone = ended.thenCompose(_ -> cut());
  private volatile boolean dropped;
  private volatile boolean goodbye;
  private volatile @Nullable Address address;
  private volatile @Nullable Channel channel;
  private volatile @Nullable Outgoing outgoing;

  Connection(
      String socket, Address.Source source, Inbox inbox, NetSettings settings, Dialer dialer) {
    this.socket = socket;
    this.source = source;
    this.settings = settings;
    this.dialer = dialer;
    this.intake = new Intake(this, inbox);
  }

  String socket() {
    return socket;
  }

  /** Whether nothing of it arrives any more. */
  boolean isDropped() {
    return dropped;
  }

  /** Whether its end has arrived or will arrive, or is not awaited. */
  boolean isOver() {
    return over.get();
  }

  /** Done when there is no connection any more. */
  CompletableFuture<Void> ended() {
    return gone;
  }

  /** Tries to open it; returns once it is open, has failed, was dropped, or no answer came. */
  void open() {
    Thread.ofPlatform().name("socket-" + socket).daemon().start(this::dial);
    CompletableFuture<Boolean> answered = tried.thenApply(_ -> true);
    long millis = settings.connectTimeout().toMillis();
    if (!answered.completeOnTimeout(false, millis, TimeUnit.MILLISECONDS).join()) {
      end(new SocketEnd.Broken(Reasons.noAnswerWithin(settings.connectTimeout())));
    }
  }

  private void dial() {
    Address at;
    try {
      at = source.get();
    } catch (RuntimeException e) {
      end(new SocketEnd.Broken(Reasons.noAddress(e)));
      return;
    }
    address = at;
    try {
      connect(at, Dialer.find(at));
    } catch (UnknownHostException | RuntimeException e) {
      fail(e);
    }
  }

  private void connect(Address at, InetSocketAddress where) {
    if (ended.isDone()) {
      return;
    }
    Channel made = dialer.channel(at, new Handshake(this, at, settings.maxMessage()));
    channel = made;
    if (ended.isDone()) {
      Dialer.cut(made); // it ended before it had a channel
      return;
    }
    made.connect(where)
        .addListener(connected -> {
          if (!connected.isSuccess()) {
            fail(connected.cause());
          }
        });
  }

  void opened(Outgoing out) {
    outgoing = out;
    intake.takeOnce(time -> new Arrival.Opened(socket, time));
    tried.complete(null);
  }

  /** Takes something that has been received. */
  void take(LongFunction<Arrival> arrival) {
    intake.take(arrival);
  }

  /** All that could be read now has been taken. */
  void endBatch() {
    intake.endBatch();
  }

  /** Whether more is to be read. */
  void readOn(boolean on) {
    Channel made = channel;
    if (made != null) {
      made.config().setAutoRead(on);
    }
  }

  /** Answers a ping, and releases its payload. */
  void pinged(ByteBuf payload) {
    send(new PongWebSocketFrame(payload));
    if (!over.get()) {
      intake.take(time -> new Arrival.Pinged(socket, time));
    }
  }

  /** Sends a text; dropped if the connection is not open. */
  void send(String text) {
    if (outgoing != null && !over.get()) {
      send(new TextWebSocketFrame(text));
    }
  }

  private void send(WebSocketFrame frame) {
    if (add(frame) == null) {
      end(new SocketEnd.Broken(Reasons.DEAF));
    }
  }

  private @Nullable ChannelFuture add(WebSocketFrame frame) {
    Outgoing out = outgoing;
    if (out == null) {
      frame.release();
      return null;
    }
    return out.add(frame);
  }

  /** A text of the vendor for people. */
  String excerpt(String text) {
    Address at = address;
    return at == null ? "" : Reasons.excerpt(text, at);
  }

  /** It has ended by a failure. */
  void fail(Throwable failure) {
    Address at = address;
    if (at != null) {
      end(new SocketEnd.Broken(reason(failure, at)));
    }
  }

  /**
   * Whether a vendor that hangs up before it answers is seen as an end or as a reset is chance, so
   * both are told alike.
   */
  private String reason(Throwable failure, Address at) {
    return outgoing == null && Reasons.isReset(failure)
        ? Reasons.WITHOUT_ANSWER
        : Reasons.of(failure, at, settings.connectTimeout());
  }

  /** It has ended, which arrives unless it was to end anyway, and is cut. */
  void end(SocketEnd how) {
    if (over.compareAndSet(false, true)) {
      intake.takeOnce(time -> new Arrival.Ended(socket, how, time));
    }
    finish();
  }

  /** The vendor has closed it, which arrives. It gets an answer before the connection is cut. */
  void closedByVendor(SocketEnd how) {
    goodbye = true;
    if (over.compareAndSet(false, true)) {
      intake.takeOnce(time -> new Arrival.Ended(socket, how, time));
      sayGoodbye();
    } else {
      finish();
    }
  }

  /** Closes it without an arrival, and cuts it if the vendor does not answer in time. */
  void drop() {
    dropped = true;
    intake.goOn();
    if (over.compareAndSet(false, true)) {
      sayGoodbye();
    }
  }

  private void sayGoodbye() {
    ChannelFuture said = add(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE));
    if (said == null) {
      finish();
      return;
    }
    long millis = settings.closeTimeout().toMillis();
    ended.completeOnTimeout(null, millis, TimeUnit.MILLISECONDS);
    said.addListener(_ -> {
      if (goodbye) {
        finish();
      }
    });
  }

  /** Cuts it now. */
  void finish() {
    ended.complete(null);
  }

  private CompletableFuture<Void> cut() {
    tried.complete(null);
    CompletableFuture<Void> closed = new CompletableFuture<>();
    Channel made = channel;
    if (made == null) {
      closed.complete(null);
    } else {
      made.closeFuture().addListener(_ -> closed.complete(null));
      Dialer.cut(made);
    }
    return closed;
  }
}
