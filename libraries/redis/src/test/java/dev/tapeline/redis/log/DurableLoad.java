package dev.tapeline.redis.log;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Publication;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Publishes on durable channels until it is closed, whatever happens: on each by a thread of its
 * own, growing numbers, some of which are always under way.
 */
public final class DurableLoad implements AutoCloseable {

  public static final String MARK = "#";
  private static final int UNDER_WAY = 16;
  private static final int SECONDS = 10;
  private static final AtomicLong numbers = new AtomicLong();

  private final Bus bus;
  private final List<Thread> threads;
  private final LongAdder answered = new LongAdder();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private volatile boolean stopped;

  public DurableLoad(Bus bus, List<String> channels) {
    this.bus = bus;
    this.threads =
        channels.stream()
            .map(name -> Thread.ofPlatform().name("load " + name).start(() -> run(name)))
            .toList();
  }

  private void run(String channel) {
    Semaphore places = new Semaphore(UNDER_WAY);
    while (!stopped) {
      places.acquireUninterruptibly();
      bus.publish(List.of(Publication.of(channel, MARK + numbers.incrementAndGet())))
          .whenComplete((_, error) -> {
            if (error == null) {
              answered.increment();
            } else {
              failures.add(String.valueOf(LogFault.cause(error).getMessage()));
            }
            places.release();
          });
      LockSupport.parkNanos(1_000_000);
    }
    places.acquireUninterruptibly(UNDER_WAY);
  }

  long answered() {
    return answered.sum();
  }

  public int failures() {
    return failures.size();
  }

  /**
   * What failed, but for what order asks to fail: where two bring the library that a server lacks,
   * one may be back before all that was under way has been refused.
   */
  public List<String> unexpected() {
    return failures.stream().filter(why -> !why.equals(PartitionSequencer.OVERTAKEN)).toList();
  }

  /** Returns when each publication has been answered. */
  @Override
  public void close() throws InterruptedException {
    stopped = true;
    for (Thread thread : threads) {
      if (!thread.join(java.time.Duration.ofSeconds(SECONDS))) {
        throw new AssertionError(thread.getName() + " has no answer");
      }
    }
  }
}
