package dev.tapeline.gateway.client;

import dev.tapeline.protocols.spi.CloseReason;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The clients that are connected. May be used from any thread. */
public final class Clients {

  private final Set<Client> all = ConcurrentHashMap.newKeySet();

  /** Adds a client until its connection ends. */
  public void add(Client client) {
    all.add(client);
    client.session().channel().closeFuture().addListener(closed -> remove(client));
  }

  private void remove(Client client) {
    all.remove(client);
    if (all.isEmpty()) {
      wakeWaiters();
    }
  }

  private synchronized void wakeWaiters() {
    notifyAll();
  }

  public int count() {
    return all.size();
  }

  public Iterable<Client> all() {
    return all;
  }

  /** Runs a task for each client on its own lane. */
  public void onEachLane(Consumer<Client> task) {
    all.forEach(client -> loopOf(client).execute(() -> task.accept(client)));
  }

  /** Runs a task for each client on its own lane; the lanes serve others in between. */
  void inTurn(Consumer<Client> task) {
    all.forEach(client -> client.session().lane().inTurn(() -> task.accept(client)));
  }

  /** Runs a task for one client on its lane. */
  public static void onLane(Client client, Consumer<Client> task) {
    loopOf(client).execute(() -> task.accept(client));
  }

  /** The client with this id, if it is still connected. */
  public Optional<Client> find(String id) {
    return all.stream().filter(client -> client.id().equals(id)).findFirst();
  }

  /**
   * Tells each client to reconnect later, and closes it, spread evenly over the time.
   *
   * @param pause how long after its close a client is to come back at the earliest
   * @return the number of clients
   */
  public int sendAway(Duration within, Duration pause, CloseReason reason) {
    long millis = Math.max(1, within.toMillis());
    int count = 0;
    for (Client client : all) {
      count++;
      long delay = ThreadLocalRandom.current().nextLong(millis);
      client.session().lane().inTurn(() -> sendAway(client, delay, pause, reason));
    }
    return count;
  }

  private static void sendAway(Client client, long delay, Duration pause, CloseReason reason) {
    client.conversation().onReconnect(pause.toMillis() + delay);
    loopOf(client).schedule(() -> client.close(reason), delay, TimeUnit.MILLISECONDS);
  }

  /** Waits until no client is left; returns whether that was within the time. */
  public synchronized boolean awaitNone(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    long left = limit.toNanos();
    while (!all.isEmpty() && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = deadline - System.nanoTime();
    }
    return all.isEmpty();
  }

  public static EventLoop loopOf(Client client) {
    return client.session().channel().eventLoop();
  }
}
