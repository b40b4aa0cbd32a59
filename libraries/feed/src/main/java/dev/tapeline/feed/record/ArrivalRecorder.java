package dev.tapeline.feed.record;

import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.ArrivalTap;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records what arrives at one feed. The feed's thread hands each arrival over and is never held up;
 * the thread {@code recorder-NAME} encodes, compresses and writes. What there was no room for, or
 * what the disk did not take, leaves a marked hole in the recording.
 */
public final class ArrivalRecorder implements ArrivalTap, AutoCloseable {

  /** The writer looks this often, as waking it for each arrival would cost the feed more. */
  private static final long LOOK_NANOS = Duration.ofMillis(5).toNanos();

  private static final long FLUSH_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Logger log = LoggerFactory.getLogger(ArrivalRecorder.class);

  private final String source;
  private final Path folder;
  private final ArrivalQueue queue;
  private final RecordingWriter writer;
  private final Hole hole = new Hole();
  private final Thread thread;
  private final AtomicLong recorded = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private volatile boolean closing;
  private boolean failing;
  private long retryAt;
  private long flushedAt = System.nanoTime();

  private ArrivalRecorder(RecordingHeader header, RecorderOptions options) {
    this.source = header.source();
    this.folder = options.folder();
    this.queue = new ArrivalQueue(options.maxWaiting(), options.maxWaitingBytes());
    this.writer = new RecordingWriter(header, options);
    this.thread = Thread.ofPlatform().name("recorder-" + source).daemon().unstarted(this::run);
  }

  /** A recorder that runs; its first file begins with the first arrival. */
  public static ArrivalRecorder start(RecordingHeader header, RecorderOptions options) {
    ArrivalRecorder recorder = new ArrivalRecorder(header, options);
    recorder.thread.start();
    return recorder;
  }

  @Override
  public void onArrival(Arrival arrival) {
    queue.add(arrival);
  }

  @Override
  public void onConversation(long time) {
    queue.add(new Entry.Begun(time));
  }

  private void run() {
    ArrivalQueue.Taken taken = ArrivalQueue.none();
    boolean last;
    do {
      last = closing;
      taken = queue.take(taken);
      write(taken);
      flushIfDue();
      if (!last && taken.isEmpty()) {
        LockSupport.parkNanos(LOOK_NANOS);
      }
    } while (!last);
    end();
  }

  private void write(ArrivalQueue.Taken taken) {
    for (Entry entry : taken.entries()) {
      write(entry);
    }
    if (taken.lost() > 0) {
      lose(taken.lost(), taken.lostFrom(), taken.lostTo());
      if (lost.getAndAdd(taken.lost()) == 0) {
        log.warn(
            "{}: {} arrivals are not recorded, as the recorder is too slow; further ones are only"
                + " counted",
            source,
            taken.lost());
      }
    }
    for (Entry entry : taken.kept()) {
      write(entry);
    }
  }

  private void write(Entry entry) {
    if (failing && System.nanoTime() - retryAt < 0) {
      loseTo(entry);
      return;
    }
    try {
      writeHole();
      writer.write(entry);
      recorded.incrementAndGet();
      recovered();
    } catch (IOException | RuntimeException e) { // the next file may be possible
      loseTo(entry);
      fail(e);
    }
  }

  private void loseTo(Entry entry) {
    writer.miss(entry);
    lost.incrementAndGet();
    lose(1, entry.received(), entry.received());
  }

  private void lose(long count, long from, long to) {
    hole.grow(count, from, to);
  }

  private void writeHole() throws IOException {
    if (hole.isThere()) {
      writer.write(hole.entry());
      hole.clear();
    }
  }

  private void recovered() {
    if (failing) {
      failing = false;
      log.info("{}: the recording in {} goes on", source, folder);
    }
    bytes.set(writer.bytes());
  }

  private void fail(Exception failure) {
    failures.incrementAndGet();
    if (!failing) {
      log.error("{}: the recording in {} can't be written: {}", source, folder, failure.toString());
    }
    failing = true;
    retryAt = System.nanoTime() + RETRY_NANOS;
    try {
      int unwritten = writer.abandon();
      lost.addAndGet(unwritten);
      recorded.addAndGet(-unwritten);
      hole.add(unwritten);
    } catch (IOException e) {
      log.debug("{}: closing after a failure", source, e);
    }
  }

  private void flushIfDue() {
    long now = System.nanoTime();
    if (now - flushedAt < FLUSH_NANOS) {
      return;
    }
    flushedAt = now;
    try {
      writer.flush();
      bytes.set(writer.bytes());
    } catch (IOException e) {
      fail(e);
    }
  }

  private void end() {
    try {
      writeHole();
      writer.finish();
    } catch (IOException e) {
      fail(e);
    } finally {
      writer.close();
      bytes.set(writer.bytes());
    }
    log.info("{}: {} arrivals recorded, {} lost", source, recorded, lost);
  }

  /** The number of arrivals that were recorded so far. */
  public long recorded() {
    return recorded.get();
  }

  /** The number of arrivals that are in holes. */
  public long lost() {
    return lost.get();
  }

  /** How often the files could not be written. */
  public long failures() {
    return failures.get();
  }

  /** The number of bytes written so far. */
  public long bytes() {
    return bytes.get();
  }

  /** Writes what has arrived, and makes the file whole. */
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(thread);
    try {
      if (!thread.join(PATIENCE)) {
        log.warn("{} has not ended within {}", thread.getName(), PATIENCE);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
