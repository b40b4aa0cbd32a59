package dev.tapeline.bench.load;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Publication;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Publishes each message when it is due, channel after channel, on a thread of its own, {@value
 * #THREAD}. Messages due together are sent together; a late publisher catches up.
 *
 * <p>A payload is {@code {"n":COUNT,"t":NANOS,"d":"xxx…"}}: the count from 1 within its channel,
 * and when it was due by {@link System#nanoTime}. On Linux that is CLOCK_MONOTONIC, the same in all
 * processes of a machine.
 */
public final class LoadPublisher implements AutoCloseable {

  static final String THREAD = "bench-publisher";

  /** The shortest payload that holds both numbers. */
  static final int LEAST_BYTES = 64;

  private static final int MAX_BATCH = 1024;
  private static final long TICK_NANOS = 250_000;

  private final Bus bus;
  private final List<String> channels;
  private final PublishTimes schedule;
  private final int payloadBytes;
  private final long[] counts;
  private final AtomicLong failed = new AtomicLong();
  private final CountDownLatch finished = new CountDownLatch(1);
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;
  private volatile long published;
  private long from;
  private long to;

  public LoadPublisher(Bus bus, List<String> channels, PublishTimes schedule, int payloadBytes) {
    this.bus = bus;
    this.channels = channels;
    this.schedule = schedule;
    this.payloadBytes = payloadBytes;
    this.counts = new long[channels.size()];
    this.thread = Thread.ofPlatform().name(THREAD).daemon().unstarted(this::run);
  }

  /** Publishes from one moment to another, by {@link System#nanoTime}. */
  public void start(long fromNanos, long toNanos) {
    from = fromNanos;
    to = toNanos;
    thread.start();
  }

  /** Runs until it is stopped, so that the thread's CPU time can be read. */
  private void run() {
    try {
      publish();
    } finally {
      finished.countDown();
    }
    boolean _ = isStopped(Long.MAX_VALUE);
  }

  private void publish() {
    List<Publication> batch = new ArrayList<>(MAX_BATCH);
    long message = 0;
    long due = from + schedule.due(message);
    long now = System.nanoTime();
    while (due < to && now < to) {
      while (due <= now && due < to && batch.size() < MAX_BATCH) {
        batch.add(next(message, due));
        due = from + schedule.due(++message);
      }
      send(batch);
      published = message;
      if (isStopped(Math.min(due, to) - System.nanoTime())) {
        return;
      }
      now = System.nanoTime();
    }
  }

  private Publication next(long message, long due) {
    int channel = (int) (message % channels.size());
    return Publication.of(channels.get(channel), payload(++counts[channel], due, payloadBytes));
  }

  private void send(List<Publication> batch) {
    if (!batch.isEmpty()) {
      int size = batch.size();
      var _ =
          bus.publish(List.copyOf(batch))
              .whenComplete((_, error) -> failed.addAndGet(error == null ? 0 : size));
      batch.clear();
    }
  }

  /** Waits until messages are due, and a little longer, so that more are sent together. */
  private boolean isStopped(long wait) {
    try {
      return wait > 0
          ? stopping.await(Math.max(wait, TICK_NANOS), TimeUnit.NANOSECONDS)
          : stopping.getCount() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  public static byte[] payload(long count, long due, int bytes) {
    byte[] head =
        ("{\"n\":" + count + ",\"t\":" + due + ",\"d\":\"").getBytes(StandardCharsets.US_ASCII);
    byte[] payload = Arrays.copyOf(head, Math.max(bytes, head.length + 2));
    Arrays.fill(payload, head.length, payload.length - 2, (byte) 'x');
    payload[payload.length - 2] = '"';
    payload[payload.length - 1] = '}';
    return payload;
  }

  /** The number of messages passed to the bus so far. */
  public long published() {
    return published;
  }

  /** The number of messages passed to the bus on each channel. */
  public long[] publishedByChannel() {
    long all = published;
    int size = channels.size();
    return IntStream.range(0, size).mapToLong(i -> all / size + (i < all % size ? 1 : 0)).toArray();
  }

  /** The number of messages that the bus may not have taken. */
  public long failed() {
    return failed.get();
  }

  /** Waits for the end; returns how many messages were published on each channel. */
  public long[] awaitEnd() throws InterruptedException {
    finished.await();
    return counts.clone();
  }

  @Override
  public void close() {
    stopping.countDown();
  }
}
