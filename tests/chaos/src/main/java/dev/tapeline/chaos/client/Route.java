package dev.tapeline.chaos.client;

import dev.tapeline.chaos.fault.Pause;
import dev.tapeline.chaos.fault.Store;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/**
 * Connections to the servers that answer for keys, one to each server. Plain messages of a channel
 * go to one server as long as its connection lasts: any server would do, but messages that two
 * servers of a cluster pass on come in any order. Owned by one thread.
 */
public final class Route implements AutoCloseable {

  private final RedisDoor door;
  private final Store store;
  private final Map<String, Integer> owners = new HashMap<>();
  private final Map<String, Integer> stays = new HashMap<>();
  private final Map<Integer, CompletableFuture<StatefulRedisConnection<String, byte[]>>> open =
      new HashMap<>();

  Route(RedisDoor door, Store store) {
    this.door = door;
    this.store = store;
  }

  /** The connection for a key; none while its server is not known or not connected. */
  public Optional<StatefulRedisConnection<String, byte[]>> to(String key) {
    OptionalInt port = owner(key);
    return port.isPresent() ? connection(port.getAsInt()) : Optional.empty();
  }

  /** The connection for plain messages on a channel. */
  public Optional<StatefulRedisConnection<String, byte[]>> stay(String channel) {
    Integer port = stays.get(channel);
    if (port == null) {
      OptionalInt found = owner(channel);
      found.ifPresent(one -> stays.put(channel, one));
      return found.isPresent() ? connection(found.getAsInt()) : Optional.empty();
    }
    return connection(port);
  }

  /** Waits for a connection; fails if there is none within the limit. */
  public StatefulRedisConnection<String, byte[]> await(String key, Duration limit) {
    Pause.until("the server of " + key + " is connected", limit, () -> to(key).isPresent());
    return to(key).orElseThrow();
  }

  private OptionalInt owner(String key) {
    Integer known = owners.get(key);
    if (known != null) {
      return OptionalInt.of(known);
    }
    OptionalInt found = store.ownerOf(key);
    found.ifPresent(port -> owners.put(key, port));
    return found;
  }

  private Optional<StatefulRedisConnection<String, byte[]>> connection(int port) {
    CompletableFuture<StatefulRedisConnection<String, byte[]>> opening =
        open.computeIfAbsent(port, door::connect);
    if (isOpen(opening)) {
      return Optional.of(opening.join());
    }
    if (opening.isDone()) {
      leave(port);
    }
    return Optional.empty();
  }

  private void leave(int port) {
    open.remove(port);
    stays.values().removeIf(one -> one == port);
    forget();
  }

  /** Forgets which server answers for which key, and asks again. */
  public void forget() {
    owners.clear();
  }

  /** Closes all connections, and asks again. */
  void startOver() {
    close();
    stays.clear();
    forget();
  }

  /** Whether servers pass plain messages on to those at which the subscribers are. */
  boolean relays() {
    return store.kind() == Store.Kind.CLUSTER;
  }

  /** Closes a connection with an unclear outcome, and asks again. */
  void giveUp(StatefulRedisConnection<String, byte[]> connection) {
    open.entrySet().stream()
        .filter(one -> isOpen(one.getValue()) && connection.equals(one.getValue().join()))
        .map(Map.Entry::getKey)
        .toList()
        .forEach(this::leave);
    connection.closeAsync();
    forget();
  }

  private static boolean isOpen(CompletableFuture<?> opening) {
    return opening.isDone() && !opening.isCompletedExceptionally();
  }

  @Override
  public void close() {
    open.values().forEach(opening -> opening.thenAccept(StatefulRedisConnection::closeAsync));
    open.clear();
  }
}
