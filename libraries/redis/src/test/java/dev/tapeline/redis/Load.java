package dev.tapeline.redis;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Publication;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Publishes numbers on one channel, at most one a millisecond, until it is closed. */
public final class Load implements AutoCloseable {

  private final Bus bus;
  private final Thread thread;
  private volatile boolean stopped;
  private volatile int failures;

  public Load(Bus bus, String channel) {
    this.bus = bus;
    this.thread = Thread.ofPlatform().name("load").start(() -> publish(channel));
  }

  private void publish(String channel) {
    int failed = 0;
    for (int i = 0; !stopped; i++) {
      try {
        bus.publish(List.of(Publication.of(channel, "" + i)))
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
        LockSupport.parkNanos(1_000_000);
      } catch (ExecutionException e) {
        failures = ++failed;
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  public int failures() {
    return failures;
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.join();
  }
}
