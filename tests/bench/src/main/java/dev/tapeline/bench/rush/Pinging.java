package dev.tapeline.bench.rush;

import dev.tapeline.bench.cli.BenchException;
import dev.tapeline.bench.client.Handshake;
import dev.tapeline.bench.host.Waiting;
import dev.tapeline.bench.server.Target;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A client on each of two lanes that pings continuously and notes its longest wait, which may be
 * for a pong that has not come yet.
 */
final class Pinging implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(5);

  private final Pinger first;
  private final Pinger second;

  Pinging(Target target) throws IOException {
    first = new Pinger(target);
    second = new Pinger(target);
  }

  /** The longest wait since the last call, in milliseconds. */
  double takeWorst() {
    return Math.max(first.takeWorst(), second.takeWorst()) / 1e6;
  }

  @Override
  public void close() throws IOException {
    first.close();
    second.close();
  }

  private static final class Pinger {

    private final SocketChannel socket;
    private final Thread thread;
    private final AtomicLong worst = new AtomicLong();
    private volatile long sent;
    private volatile boolean closing;

    private Pinger(Target target) throws IOException {
      socket = Handshake.webSocket(target.address(), target.path(), "");
      thread = Thread.ofPlatform().daemon().name("bench-ping").start(this::run);
    }

    private void run() {
      try {
        while (!closing) {
          sent = System.nanoTime();
          RushClients.send(socket, "{\"action\":\"ping\"}");
          RushClients.awaitText(socket, "\"pong\"");
          note(System.nanoTime() - sent);
          sent = 0;
          Waiting.pause(PAUSE);
        }
      } catch (IOException | BenchException | InterruptedException e) {
        if (!closing) {
          note(Long.MAX_VALUE);
        }
      }
    }

    private void note(long nanos) {
      worst.accumulateAndGet(nanos, Math::max);
    }

    private long takeWorst() {
      long since = sent;
      if (since != 0) {
        note(System.nanoTime() - since);
      }
      return worst.getAndSet(0);
    }

    private void close() throws IOException {
      closing = true;
      socket.close();
      thread.interrupt();
    }
  }
}
