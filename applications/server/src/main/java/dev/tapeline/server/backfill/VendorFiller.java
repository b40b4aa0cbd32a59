package dev.tapeline.server.backfill;

import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.vendor.VendorBars;
import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.store.history.History;
import dev.tapeline.store.history.HistoryException;
import dev.tapeline.store.history.HistoryRow;
import dev.tapeline.store.history.Series;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches gaps of one vendor, one call at a time, so that the calls of its feed never wait for more
 * than one of these. Its thread is {@code backfill-} and the name of the source. What callers wait
 * for goes before what is due by itself, of which there is a call a second at most.
 */
final class VendorFiller implements AutoCloseable {

  private static final int MOST_TASKS = 500;

  /** Bars of all gaps that wait; each takes about 50 bytes. */
  private static final int MOST_BARS = 500_000;

  private static final int BATCH = 20_000;
  private static final long PACE_MILLIS = 1_000;
  private static final Duration FAREWELL = Duration.ofSeconds(2);
  private static final Logger log = LoggerFactory.getLogger(VendorFiller.class);

  private final String source;
  private final VendorBars vendor;
  private final Supplier<History> history;
  private final InstantSource clock;
  private final BackfillCounts counts = new BackfillCounts();
  private final CatchUp catchUp = new CatchUp();
  private final BlockingQueue<Task> tasks = new LinkedBlockingQueue<>(MOST_TASKS);
  private final Consumer<Instrument> complete;
  private final Thread thread;
  private volatile boolean closing;
  private final AtomicInteger waitingBars = new AtomicInteger();
  private final FailureLog failures;

  /** A gap of an instrument, and who is told whether it was fetched. */
  private record Task(
      Instrument instrument, Frame frame, Series series, Gap gap, CompletableFuture<Boolean> end) {}

  /**
   * @param history blocks until there is one
   * @param complete asks for what is missing of an instrument's present session
   */
  VendorFiller(
      String source,
      VendorBars vendor,
      Supplier<History> history,
      InstantSource clock,
      Consumer<Instrument> complete) {
    this.source = source;
    this.vendor = vendor;
    this.history = history;
    this.clock = clock;
    this.complete = complete;
    this.failures = new FailureLog(source);
    this.thread = Thread.ofPlatform().name("backfill-" + source).daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  VendorBars vendor() {
    return vendor;
  }

  BackfillCounts counts() {
    return counts;
  }

  CatchUp catchUp() {
    return catchUp;
  }

  /** What waits: gaps that were asked for, and instruments. */
  int waiting() {
    return tasks.size() + catchUp.size();
  }

  /** Has a gap fetched; ends with whether that has worked. Never waits. */
  CompletableFuture<Boolean> submit(Instrument instrument, Frame frame, Series series, Gap gap) {
    Task task = new Task(instrument, frame, series, gap, new CompletableFuture<>());
    int size = gap.missing().size();
    boolean fits = waitingBars.addAndGet(size) <= MOST_BARS && tasks.offer(task);
    if (!fits) {
      waitingBars.addAndGet(-size);
      counts.addRefused();
      task.end.complete(false);
    }
    return task.end;
  }

  /** The next gap, if one comes within this time. */
  private @Nullable Task next(long patienceMillis) throws InterruptedException {
    Task task = tasks.poll(patienceMillis, TimeUnit.MILLISECONDS);
    if (task != null) {
      waitingBars.addAndGet(-task.gap.missing().size());
    }
    return task;
  }

  private void run() {
    try {
      while (!closing) {
        Task task = next(0);
        Instrument next = task == null ? due() : null;
        if (next != null) {
          completeSession(next);
        } else {
          fetch(task == null ? next(PACE_MILLIS) : task);
        }
      }
    } catch (InterruptedException _) {
      log.debug("{}: nothing more is fetched", source);
    } finally {
      tasks.forEach(task -> task.end.complete(false));
    }
  }

  private @Nullable Instrument due() {
    return vendor.isOpen() ? catchUp.next(clock.millis()) : null;
  }

  /** Asks for what an instrument lacks; the calls follow after a pause. */
  private void completeSession(Instrument instrument) throws InterruptedException {
    try {
      complete.accept(instrument);
    } catch (RuntimeException e) { // one instrument must not end the others
      fail(instrument, e);
    }
    if (!tasks.isEmpty()) {
      Thread.sleep(PACE_MILLIS);
    }
  }

  private void fetch(@Nullable Task task) throws InterruptedException {
    if (task == null) {
      return;
    }
    boolean hasWorked = false;
    try {
      if (counts.beginCall(clock.millis())) {
        counts.addBars(store(task));
        hasWorked = true;
      } else {
        counts.addRefused();
      }
    } catch (FeedException | HistoryException e) {
      fail(task.instrument, e);
    } catch (RuntimeException e) { // an answer that nobody has thought of must not end the thread
      log.error("{}: bars of {} could not be fetched", source, task.instrument.symbol(), e);
      counts.addFailure();
    } finally {
      task.end.complete(hasWorked);
    }
    if (!hasWorked) {
      Thread.sleep(PACE_MILLIS);
    }
  }

  private void fail(Instrument instrument, RuntimeException failure) {
    counts.addFailure();
    if (!closing) {
      failures.tell(instrument.symbol(), failure);
    }
  }

  /** Stores those of the vendor's bars that are missing; returns their number. */
  private int store(Task task) throws InterruptedException {
    FillSpan asked = task.gap.asked();
    Map<Long, ExpectedBar> missing = new HashMap<>();
    task.gap.missing().forEach(bar -> missing.put(bar.vendorTime(), bar));
    List<HistoryRow> rows = new ArrayList<>();
    for (Bar bar : vendor.read(task.instrument, task.frame, asked.from(), asked.to())) {
      ExpectedBar expected = missing.get(bar.time());
      if (expected != null) {
        rows.add(new HistoryRow.OfBar(task.series, at(bar, expected.time())));
      }
    }
    for (int i = 0; i < rows.size(); i += BATCH) {
      history.get().append(rows.subList(i, Math.min(i + BATCH, rows.size())));
    }
    return rows.size();
  }

  private static Bar at(Bar bar, long time) {
    return new Bar(bar.frame(), time, bar.prices(), bar.volume(), bar.count(), Bar.State.CLOSED);
  }

  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      thread.join(FAREWELL);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
