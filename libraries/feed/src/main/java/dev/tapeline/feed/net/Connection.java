package dev.tapeline.feed.net;

import dev.tapeline.feed.vendor.Address;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.SocketEnd;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a socket, from its opening to its end. The next one of this name is another
 * object, so that what arrives from the two can be told apart.
 *
 * <p>It has two threads of its own, which block: {@code socket-} and its name connects and reads,
 * {@code send-} and its name sends. Closing the TCP socket under them cuts the connection at any
 * time. The thread of the feed closes it and sends; none of that blocks.
 *
 * <p>The WebSocket of {@code java.net.http} is not used, because it can lose the end of a
 * connection: while a listener holds a message back, so that nothing is requested, an end of the
 * stream fails within the client and is told to nobody.
 */
final class Connection {

  private static final int READ_BUFFER = 65_536;
  private static final int NORMAL_CLOSURE = 1000;
  private static final Logger log = LoggerFactory.getLogger(Connection.class);

  private final String socket;
  private final Address.Source source;
  private final Inbox inbox;
  private final NetSettings settings;
  private final SSLContext trust;
  private final Socket tcp = new Socket();
  private final Outgoing outgoing = new Outgoing();
  private final AtomicBoolean over = new AtomicBoolean();
  private final CompletableFuture<Void> tried = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final CompletableFuture<Void> gone = ended.thenRun(this::cut);
  private volatile boolean dropped;
  private volatile boolean open;
  private volatile boolean goodbye;
  private volatile @Nullable Address address;
  private volatile @Nullable Thread sender;

  Connection(
      String socket, Address.Source source, Inbox inbox, NetSettings settings, SSLContext trust) {
    this.socket = socket;
    this.source = source;
    this.inbox = inbox;
    this.settings = settings;
    this.trust = trust;
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
    Thread.ofPlatform().name("socket-" + socket).daemon().start(this::run);
    CompletableFuture<Boolean> answered = tried.thenApply(_ -> true);
    long millis = settings.connectTimeout().toMillis();
    if (!answered.completeOnTimeout(false, millis, TimeUnit.MILLISECONDS).join()) {
      end(new SocketEnd.Broken(Reasons.noAnswerWithin(settings.connectTimeout())));
    }
  }

  private void run() {
    Address at;
    try {
      at = source.get();
    } catch (RuntimeException e) {
      end(new SocketEnd.Broken(Reasons.noAddress(e)));
      return;
    }
    address = at;
    try {
      converse(at);
    } catch (IOException | RuntimeException e) {
      end(new SocketEnd.Broken(Reasons.of(e, at, settings.connectTimeout())));
    }
  }

  private void converse(Address at) throws IOException {
    Wire wire = Wire.connect(tcp, at, trust);
    InputStream in = new BufferedInputStream(wire.socket().getInputStream(), READ_BUFFER);
    SocketEnd refusal = new Handshake(at).shake(wire.socket(), in);
    if (refusal != null) {
      end(refusal);
      return;
    }
    opened(wire.socket().getOutputStream());
    SocketEnd how = new SocketReader(this, inbox, outgoing, settings.maxMessage(), in).read();
    if (how instanceof SocketEnd.Closed) {
      closedByVendor(how);
    } else {
      end(how);
    }
  }

  private void opened(OutputStream out) {
    Thread sending = Thread.ofPlatform().name("send-" + socket).daemon().start(() -> send(out));
    sender = sending;
    open = true;
    inbox.add(this, time -> new Arrival.Opened(socket, time));
    tried.complete(null);
    if (ended.isDone()) {
      sending.interrupt(); // it was cut before it had a sender
    }
  }

  private void send(OutputStream out) {
    try {
      outgoing.sendUntilClose(out);
      if (goodbye) {
        finish();
      }
    } catch (IOException e) {
      log.debug("{}: sending has failed, which its reader finds too", socket, e);
    } catch (InterruptedException _) {
      log.debug("{}: interrupted, as it is cut", socket);
    }
  }

  /** Sends a text; dropped if the connection is not open. */
  void send(String text) {
    if (open && !over.get() && !outgoing.add(text)) {
      end(new SocketEnd.Broken(Reasons.DEAF));
    }
  }

  /** A text of the vendor for people. */
  String excerpt(String text) {
    Address at = address;
    return at == null ? "" : Reasons.excerpt(text, at);
  }

  /** It has ended, which arrives unless it was to end anyway, and is cut. */
  void end(SocketEnd how) {
    if (over.compareAndSet(false, true)) {
      inbox.add(this, time -> new Arrival.Ended(socket, how, time));
    }
    finish();
  }

  /** The vendor has closed it, which arrives. It gets an answer before the connection is cut. */
  private void closedByVendor(SocketEnd how) {
    goodbye = true;
    if (over.compareAndSet(false, true)) {
      inbox.add(this, time -> new Arrival.Ended(socket, how, time));
      sayGoodbye();
    } else {
      finish();
    }
  }

  /** Closes it without an arrival, and cuts it if the vendor does not answer in time. */
  void drop() {
    dropped = true;
    inbox.release();
    if (over.compareAndSet(false, true)) {
      if (open) {
        sayGoodbye();
      } else {
        finish();
      }
    }
  }

  private void sayGoodbye() {
    byte[] code = ByteBuffer.allocate(2).putShort((short) NORMAL_CLOSURE).array();
    if (!outgoing.add(Outgoing.CLOSE, code)) {
      finish();
      return;
    }
    long millis = settings.closeTimeout().toMillis();
    ended.completeOnTimeout(null, millis, TimeUnit.MILLISECONDS);
  }

  /** Cuts it now. */
  void finish() {
    ended.complete(null);
  }

  private void cut() {
    tried.complete(null);
    try {
      tcp.close();
    } catch (IOException e) {
      log.debug("{}: closing has failed", socket, e);
    }
    Thread sending = sender;
    if (sending != null) {
      sending.interrupt();
    }
  }
}
