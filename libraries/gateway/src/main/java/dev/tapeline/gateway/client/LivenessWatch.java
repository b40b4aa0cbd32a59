package dev.tapeline.gateway.client;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Checks the clients' signs of life on their lanes, an eighth of a lane's clients at a time. */
public final class LivenessWatch {

  private static final int CHECKS_PER_PING = 8;

  private final Clients clients;
  private final long pingNanos;

  public LivenessWatch(Clients clients, Duration pingInterval) {
    this.clients = clients;
    this.pingNanos = pingInterval.toNanos();
  }

  /** Begins to check the clients of a lane, until its loop ends. */
  public void watch(EventLoop loop) {
    long nanos = pingNanos / CHECKS_PER_PING;
    int[] turn = {0};
    loop.scheduleAtFixedRate(
        () -> check(loop, turn[0]++ % CHECKS_PER_PING), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private void check(EventLoop loop, int part) {
    long now = System.nanoTime();
    for (Client client : clients.all()) {
      if (client.session().channel().eventLoop().equals(loop)
          && Math.floorMod(System.identityHashCode(client), CHECKS_PER_PING) == part) {
        client.check(now, pingNanos);
      }
    }
  }
}
