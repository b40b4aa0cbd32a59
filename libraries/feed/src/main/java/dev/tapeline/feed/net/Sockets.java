package dev.tapeline.feed.net;

import dev.tapeline.feed.vendor.Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** The sockets of a feed by their names. Owned by the feed's thread. */
final class Sockets {

  private static final long LONGEST_DELAY = TimeUnit.DAYS.toNanos(365);

  private final Inbox inbox;
  private final NetSettings settings;
  private final Dialer dialer;
  private final Opener opener;
  private final Map<String, Connection> connections = new HashMap<>();
  private final List<Connection> closing = new ArrayList<>();

  Sockets(String feed, Inbox inbox, NetSettings settings, SSLContext trust) {
    this.inbox = inbox;
    this.settings = settings;
    this.dialer = new Dialer(feed, trust);
    this.opener = new Opener(feed);
  }

  void start() {
    opener.start();
  }

  /** Opens a socket after a delay; one of this name is closed first. */
  void open(String socket, Address.Source address, Duration delay) {
    close(socket);
    Connection connection = new Connection(socket, address, inbox, settings, dialer);
    connections.put(socket, connection);
    long due = System.nanoTime() + Math.clamp(delay.toNanos(), 0, LONGEST_DELAY);
    opener.add(connection, endOfFormer(socket), due);
  }

  private CompletableFuture<Void> endOfFormer(String socket) {
    return allEnded(closing.stream().filter(former -> former.socket().equals(socket)).toList());
  }

  private static CompletableFuture<Void> allEnded(List<Connection> connections) {
    return CompletableFuture.allOf(
        connections.stream().map(Connection::ended).toArray(CompletableFuture<?>[]::new));
  }

  void send(String socket, String text) {
    Connection connection = connections.get(socket);
    if (connection != null) {
      connection.send(text);
    }
  }

  void close(String socket) {
    closing.removeIf(connection -> connection.ended().isDone());
    Connection connection = connections.remove(socket);
    if (connection != null) {
      opener.remove(connection);
      connection.drop();
      closing.add(connection);
    }
  }

  /** Whether arrivals of a connection are still awaited. */
  boolean isCurrent(Connection connection) {
    return connection.equals(connections.get(connection.socket()));
  }

  /** A connection has ended by itself; its cut may still be under way. */
  void onEnded(Connection connection) {
    connections.remove(connection.socket(), connection);
    closing.add(connection);
  }

  /** Closes all sockets, and waits a while for the vendor's answers. Cuts what is left. */
  void closeAll(Duration patience) {
    opener.close();
    List.copyOf(connections.keySet()).forEach(this::close);
    allEnded(closing).completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS).join();
    closing.forEach(Connection::finish);
    dialer.close();
  }
}
