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
 * Connections to the servers that answer for keys, one to each server. A plain message goes to the
 * one that answers for its channel's name: any would do, but one of its own keeps the order. Owned
 * by one thread.
 */
public final class Route implements AutoCloseable {

  private final RedisDoor door;
  private final Store store;
  private final Map<String, Integer> owners = new HashMap<>();
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
    if (opening.isCompletedExceptionally()) {
      open.remove(port);
      forget();
      return Optional.empty();
    }
    return Optional.ofNullable(opening.getNow(null));
  }

  /** Asks again who answers for which key. */
  public void forget() {
    owners.clear();
  }

  /** Closes all connections, and asks again. */
  void startOver() {
    close();
    forget();
  }

  /** Whether servers pass plain messages on to those at which the subscribers are. */
  boolean relays() {
    return store.kind() == Store.Kind.CLUSTER;
  }

  /** Closes a connection, on which something is unclear, and asks again. */
  void giveUp(StatefulRedisConnection<String, byte[]> connection) {
    open.values().removeIf(opening -> isOpen(opening) && connection.equals(opening.join()));
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
