package dev.tapeline.plant.foreign;

import dev.tapeline.core.Publication;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The ticks of other processes that wait to be decoded: at most {@value #MAX_TICKS}, of {@value
 * #MAX_BYTES} bytes together, each of at most {@value #MAX_LENGTH}. Others are dropped and counted.
 * Any thread adds; one thread takes.
 */
final class ForeignTicks {

  static final int MAX_TICKS = 65_536;
  static final int MAX_BYTES = 32 * 1024 * 1024;
  static final int MAX_LENGTH = 16 * 1024;

  private static final int MAX_BATCH = 256;

  private final BlockingQueue<Publication> waiting = new ArrayBlockingQueue<>(MAX_TICKS);
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong tooLong = new AtomicLong();
  private final AtomicLong tooMany = new AtomicLong();

  void add(Publication tick) {
    int length = tick.payload().length;
    if (length > MAX_LENGTH) {
      tooLong.incrementAndGet();
    } else if (bytes.get() + length > MAX_BYTES || !waiting.offer(tick)) {
      tooMany.incrementAndGet();
    } else {
      bytes.addAndGet(length);
    }
  }

  /** Moves a number of ticks into a batch, once there are any or the time is over. */
  void take(List<Publication> batch, long millis) throws InterruptedException {
    Publication first = waiting.poll(millis, TimeUnit.MILLISECONDS);
    if (first != null) {
      batch.add(first);
      waiting.drainTo(batch, MAX_BATCH - 1);
      bytes.addAndGet(-batch.stream().mapToLong(tick -> tick.payload().length).sum());
    }
  }

  /** Tells why ticks were dropped since the last call, if any were. */
  void tellDrops(Consumer<String> listener) {
    tell(tooMany, "too many at once: %d ticks were dropped", listener);
    tell(tooLong, "%d ticks of more than " + MAX_LENGTH + " bytes were dropped", listener);
  }

  private static void tell(AtomicLong counter, String reason, Consumer<String> listener) {
    long count = counter.getAndSet(0);
    if (count > 0) {
      listener.accept(reason.formatted(count));
    }
  }
}
