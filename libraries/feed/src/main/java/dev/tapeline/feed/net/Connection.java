package dev.tapeline.feed.net;

import dev.tapeline.feed.vendor.Address;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.SocketEnd;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a socket, from its opening to its end. The next one of this name is another
 * object, so that what arrives from the two can be told apart.
 *
 * <p>It has a client of its own, so that no connection delays another, and so that it can be cut at
 * any time: while it looks up a host, in a handshake, and when the vendor is dead. The threads are
 * the one that connects, the one of the client, and that of the feed.
 */
final class Connection {

  private final String socket;
  private final Address.Source source;
  private final Inbox inbox;
  private final NetSettings settings;
  private final SSLContext trust;
  private final Outgoing outgoing = new Outgoing();
  private final AtomicBoolean over = new AtomicBoolean();
  private final CompletableFuture<Void> tried = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile boolean dropped;
  private @Nullable HttpClient client;
  private @Nullable WebSocket webSocket;

  Connection(
      String socket, Address.Source source, Inbox inbox, NetSettings settings, SSLContext trust) {
    this.socket = socket;
    this.source = source;
    this.inbox = inbox;
    this.settings = settings;
    this.trust = trust;
    ended.thenRun(this::cut);
  }

  String socket() {
    return socket;
  }

  /** Whether nothing of it arrives any more. */
  boolean isDropped() {
    return dropped;
  }

  /** Tries to open it; returns once it is open, has failed, was dropped, or no answer came. */
  void open() {
    Thread.ofPlatform().name("connect-" + socket).daemon().start(this::connect);
    CompletableFuture<Boolean> answered = tried.thenApply(_ -> true);
    long millis = settings.connectTimeout().toMillis();
    if (!answered.completeOnTimeout(false, millis, TimeUnit.MILLISECONDS).join()) {
      end(new SocketEnd.Broken(Reasons.noAnswerWithin(settings.connectTimeout())));
    }
  }

  private void connect() {
    Address address;
    try {
      address = source.get();
    } catch (RuntimeException e) {
      end(new SocketEnd.Broken("no address: " + e.getMessage()));
      return;
    }
    try {
      shakeHands(address);
    } catch (RuntimeException e) {
      end(SocketEnds.of(e, address, settings.connectTimeout()));
    }
  }

  private void shakeHands(Address address) {
    HttpClient fresh =
        HttpClient.newBuilder()
            .executor(Runnable::run)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .sslContext(trust)
            .build();
    if (!adopt(fresh)) {
      fresh.shutdownNow();
      return;
    }
    WebSocket.Builder builder = fresh.newWebSocketBuilder();
    address.headers().forEach(builder::header);
    builder
        .buildAsync(address.uri(), new SocketReader(this, address, inbox, settings))
        .exceptionally(failure -> {
          end(SocketEnds.of(failure, address, settings.connectTimeout()));
          return null;
        });
  }

  private synchronized boolean adopt(HttpClient fresh) {
    client = fresh;
    return !ended.isDone();
  }

  /** The handshake is done, unless it came too late. */
  void opened(WebSocket open) {
    synchronized (this) {
      webSocket = open;
    }
    if (ended.isDone()) {
      open.abort();
      return;
    }
    inbox.add(this, time -> new Arrival.Opened(socket, time));
    tried.complete(null);
  }

  private synchronized @Nullable WebSocket webSocket() {
    return webSocket;
  }

  /** Sends a text; dropped if the connection is not open. */
  void send(String text) {
    WebSocket open = webSocket();
    if (open == null || over.get()) {
      return;
    }
    if (!outgoing.send(open, text)) {
      end(new SocketEnd.Broken("the vendor does not read what is sent"));
    }
  }

  /** Whether its end has arrived or will arrive. */
  boolean isOver() {
    return over.get();
  }

  /** It has ended, which arrives unless it was to end anyway, and is cut. */
  void end(SocketEnd how) {
    if (over.compareAndSet(false, true)) {
      inbox.add(this, time -> new Arrival.Ended(socket, how, time));
    }
    finish();
  }

  /** The vendor has closed it, which arrives. It gets an answer before the connection is cut. */
  void closedByVendor(SocketEnd how) {
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
      sayGoodbye();
    }
  }

  /** Done when there is no connection any more. */
  CompletableFuture<Void> ended() {
    return ended;
  }

  private void sayGoodbye() {
    WebSocket open = webSocket();
    if (open == null) {
      finish();
      return;
    }
    long millis = settings.closeTimeout().toMillis();
    ended.completeOnTimeout(null, millis, TimeUnit.MILLISECONDS);
    open.sendClose(WebSocket.NORMAL_CLOSURE, "")
        .whenComplete((_, failure) -> {
          if (failure != null || open.isInputClosed()) {
            finish();
          }
        });
  }

  /** Cuts it now. */
  void finish() {
    tried.complete(null);
    ended.complete(null);
  }

  private void cut() {
    tried.complete(null);
    WebSocket open;
    HttpClient used;
    synchronized (this) {
      open = webSocket;
      used = client;
    }
    if (open != null) {
      open.abort();
    }
    if (used != null) {
      used.shutdownNow();
    }
  }
}
