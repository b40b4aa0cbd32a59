package dev.tapeline.store.history;

import dev.tapeline.core.Excerpt;
import dev.tapeline.market.event.MarketListener;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Records the history of markets. Markets hand over rows on their own threads and never wait; the
 * thread {@code history} stores them in batches. While the store is away, rows wait, up to a limit,
 * and further ones are counted; they are stored in order when it is back.
 */
public final class HistoryRecorder implements AutoCloseable {

  private static final int MAX_BATCH = 20_000;
  private static final long LOOK_NANOS = Duration.ofMillis(100).toNanos();
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final long UPKEEP_NANOS = Duration.ofHours(1).toNanos();
  private static final Duration FAREWELL = Duration.ofSeconds(3);
  private static final int MAX_SHOWN = 200;
  private static final Logger log = LoggerFactory.getLogger(HistoryRecorder.class);

  private final History history;
  private final RecorderRules rules;
  private final InstantSource clock;
  private final WaitingRows waiting;
  private final Thread thread;
  private final AtomicLong stored = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private volatile @Nullable String problem;
  private volatile long wholeAt = System.nanoTime();
  private volatile boolean closing;

  // owned by the thread
  private final List<HistoryRow> batch = new ArrayList<>();
  private long pauseMillis = FIRST_PAUSE.toMillis();
  private boolean kept;
  private long keptAt;

  private HistoryRecorder(History history, RecorderRules rules, InstantSource clock) {
    this.history = history;
    this.rules = rules;
    this.clock = clock;
    this.waiting = new WaitingRows(rules.maxRows(), RecorderRules.MAX_CHAIN_BYTES);
    this.thread = Thread.ofPlatform().name("history").daemon().unstarted(this::run);
  }

  /**
   * A recorder that runs.
   *
   * @param history closed by whoever gave it
   * @param clock decides which days are too old
   */
  public static HistoryRecorder start(History history, RecorderRules rules, InstantSource clock) {
    HistoryRecorder recorder = new HistoryRecorder(history, rules, clock);
    recorder.thread.start();
    return recorder;
  }

  /**
   * A listener for one market of a source.
   *
   * @param origins tells how real the prices of a symbol are; asked on the market's thread
   */
  public MarketListener listener(String source, Function<String, Origin> origins) {
    return new MarketRecorder(source, origins, rules, this::add);
  }

  /** Adds a row, if there is room; never waits. May be called by any thread. */
  public void add(HistoryRow row) {
    waiting.add(row);
  }

  /** How it goes. May be asked by any thread. */
  public HistoryReport report() {
    int rows = waiting.size();
    return new HistoryReport(
        problem,
        rows == 0 ? 0 : Duration.ofNanos(System.nanoTime() - wholeAt).toMillis(),
        rows,
        stored.get(),
        droppedTicks() + droppedChains() + droppedOthers(),
        refused.get());
  }

  /** The number of ticks that there was no room for. */
  public long droppedTicks() {
    return waiting.droppedTicks();
  }

  /** The number of snapshots of chains that there was no room for. */
  public long droppedChains() {
    return waiting.droppedChains();
  }

  /** The number of bars and other rows that there was no room for. */
  public long droppedOthers() {
    return waiting.droppedOthers();
  }

  private void run() {
    while (!closing) {
      if (!step()) {
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }
    boolean more = step();
    while (more && problem == null) {
      more = step();
    }
    if (waiting.size() > 0) {
      log.warn(
          "{} rows of the history are lost, as the store is away: {}", waiting.size(), problem);
    }
  }

  /** Stores what is at hand; returns whether there may be more. */
  private boolean step() {
    waiting.moveTo(batch, MAX_BATCH);
    try {
      if (!batch.isEmpty()) {
        store(batch);
        recovered(batch.size());
        waiting.settled(batch);
        batch.clear();
        return true;
      }
      wholeAt = System.nanoTime();
      keepIfDue();
      return false;
    } catch (HistoryException e) {
      fail(e);
      return false;
    }
  }

  /** Stores all rows but those that the store can't keep, which it finds by halves. */
  private void store(List<HistoryRow> rows) {
    try {
      history.append(rows);
      stored.addAndGet(rows.size());
    } catch (RuntimeException e) { // an error of a row must not keep all others from the store
      if (e instanceof HistoryException known && !known.isRefusal()) {
        throw e;
      }
      if (rows.size() > 1) {
        int middle = rows.size() / 2;
        store(rows.subList(0, middle));
        store(rows.subList(middle, rows.size()));
      } else if (refused.getAndIncrement() == 0) {
        log.warn("the history can't keep {}; further ones are only counted", rows, e);
      }
    }
  }

  private void keepIfDue() {
    long now = System.nanoTime();
    if (!kept || now - keptAt > UPKEEP_NANOS) {
      history.keep(rules.retention(), clock.instant());
      recovered(0);
      kept = true;
      keptAt = now;
    }
  }

  /**
   * Notes that the store takes rows.
   *
   * @param settling how many of those that wait it has taken
   */
  private void recovered(int settling) {
    if (problem != null) {
      log.info("the history is stored again; {} rows wait", waiting.size() - settling);
    }
    problem = null;
    pauseMillis = FIRST_PAUSE.toMillis();
  }

  private void fail(HistoryException failure) {
    String why = Excerpt.of(String.valueOf(failure.getMessage()), MAX_SHOWN);
    if (problem == null) {
      Level level = kept || stored.get() > 0 ? Level.WARN : Level.INFO; // a store starts beside us
      log.atLevel(level).log("the history can't be stored: {}", why);
    }
    problem = why;
    if (!closing) {
      long jitter = ThreadLocalRandom.current().nextLong(pauseMillis / 2 + 1);
      LockSupport.parkNanos(Duration.ofMillis(pauseMillis + jitter).toNanos());
      pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE.toMillis());
    }
  }

  /** Stores what waits, if the store takes it within a moment. */
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(thread);
    try {
      if (!thread.join(FAREWELL)) {
        log.warn("{} rows of the history may be lost: the store is too slow", waiting.size());
        thread.interrupt();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
