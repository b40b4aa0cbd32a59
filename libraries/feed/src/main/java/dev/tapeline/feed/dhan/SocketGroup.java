package dev.tapeline.feed.dhan;

import dev.tapeline.feed.dhan.packet.FeedMode;
import dev.tapeline.feed.vendor.Address;
import dev.tapeline.feed.vendor.VendorLink;
import dev.tapeline.market.instrument.Instrument;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of one kind: as few as needed for the instruments that are wanted. Owned by the
 * thread of its feed.
 */
final class SocketGroup {

  private final String prefix;
  private final Address.Source address;
  private final VendorLink link;
  private final Dialect dialect;
  private final long pause;
  private final Random random;
  private final ObjLongConsumer<Instrument> onSubscribed;

  private final SocketPlan plan = new SocketPlan();
  private final TreeMap<Integer, Connection> connections = new TreeMap<>();
  private final TreeSet<Integer> usable = new TreeSet<>();
  private Map<Instrument, FeedMode> wanted = Map.of();
  private int capacity;
  private boolean shut;

  /**
   * @param prefix of the names of its sockets
   * @param capacity how many instruments a socket can have
   * @param onSubscribed is told of each instrument that is newly subscribed, and when
   */
  SocketGroup(
      String prefix,
      Address.Source address,
      VendorLink link,
      Dialect dialect,
      int capacity,
      Duration pause,
      Random random,
      ObjLongConsumer<Instrument> onSubscribed) {
    this.prefix = prefix;
    this.address = address;
    this.link = link;
    this.dialect = dialect;
    this.capacity = capacity;
    this.pause = Math.max(1, pause.toMillis());
    this.random = random;
    this.onSubscribed = onSubscribed;
  }

  /** Sets how many sockets it may have; those with the highest numbers go first. */
  void limit(int sockets) {
    while (usable.size() > sockets) {
      usable.pollLast();
    }
    for (int number = 1; usable.size() < sockets; number++) {
      usable.add(number);
    }
  }

  /** Takes a socket away with the next arrangement: its instruments go where there is room. */
  void forgo(Connection connection) {
    usable.removeIf(number -> name(number).equals(connection.name()));
  }

  /** Lets a socket have half of what this one has, with the next arrangement. */
  void split(Connection connection) {
    capacity = Math.max(1, connection.subscriptions().wanted().size() / 2);
  }

  void watch(Map<Instrument, FeedMode> modes) {
    wanted = modes;
    rearrange();
  }

  private void rearrange() {
    plan.plan(wanted.keySet(), usable, capacity);
    Map<Integer, List<Instrument>> bySocket = plan.bySocket();
    drop(bySocket.keySet());
    bySocket.forEach((number, instruments) -> {
      Map<Instrument, FeedMode> modes = new HashMap<>();
      instruments.forEach(one -> modes.put(one, wanted.getOrDefault(one, FeedMode.TICKER)));
      want(connections.computeIfAbsent(number, this::connection), modes);
    });
  }

  private void drop(Set<Integer> needed) {
    for (Integer number : List.copyOf(connections.keySet())) {
      Connection connection = needed.contains(number) ? null : connections.remove(number);
      if (connection != null) {
        connection.close(null);
      }
    }
  }

  private Connection connection(int number) {
    Subscriptions subscriptions = new Subscriptions(dialect, pause);
    Connection made = new Connection(name(number), address, link, subscriptions, random);
    if (!shut) {
      made.open(Duration.ZERO);
    }
    return made;
  }

  private static void want(Connection connection, Map<Instrument, FeedMode> modes) {
    if (!connection.subscriptions().wanted().equals(modes)) {
      connection.subscriptions().want(modes);
    }
  }

  private String name(int number) {
    return prefix + number;
  }

  /** The connection of a socket; null if there is none of this name. */
  @Nullable Connection find(String socket) {
    for (Connection connection : connections.values()) {
      if (connection.name().equals(socket)) {
        return connection;
      }
    }
    return null;
  }

  /** Sends what is due on open sockets. */
  void send(long now) {
    for (Connection connection : connections.values()) {
      if (connection.isOpen()) {
        send(connection, now);
      }
    }
  }

  private void send(Connection connection, long now) {
    Subscriptions subscriptions = connection.subscriptions();
    List<Instrument> sent = subscriptions.send(now, text -> link.send(connection.name(), text));
    sent.forEach(instrument -> onSubscribed.accept(instrument, now));
    if (!sent.isEmpty() && subscriptions.isSent()) {
      connection.subscribed(now);
    }
  }

  /** Closes all, and opens none until {@link #openAll}. */
  void closeAll(String why) {
    shut = true;
    connections.values().forEach(connection -> connection.close(why));
  }

  void openAll() {
    shut = false;
    connections.values().stream().filter(Connection::isIdle).forEach(Connection::openAnew);
  }

  Collection<Connection> connections() {
    return connections.values();
  }

  /** How many sockets it may have. */
  int limit() {
    return usable.size();
  }

  /** How many instruments have no socket. */
  int left() {
    return plan.left();
  }
}
