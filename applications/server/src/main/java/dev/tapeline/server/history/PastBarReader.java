package dev.tapeline.server.history;

import dev.tapeline.core.thread.OwnThread;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.PastBars;
import dev.tapeline.plant.supply.SourceSpec;
import dev.tapeline.rest.history.CandleReader;
import dev.tapeline.rest.history.FrameFolding;
import dev.tapeline.rest.history.TimeRange;
import dev.tapeline.store.history.History;
import dev.tapeline.store.history.HistoryException;
import dev.tapeline.store.history.JoinedBars;
import dev.tapeline.store.history.Origin;
import dev.tapeline.store.history.Series;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the past of live sources from the history, on the thread {@code past-bars}, one ask after
 * the other. While the store is away it tries again for some seconds; then studies begin without a
 * past, which is counted. Safe for all threads.
 */
public final class PastBarReader implements AutoCloseable {

  private static final int ATTEMPTS = 6;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

  /** By how much the clock of an exchange may be ahead, and more. */
  private static final long AHEAD_MILLIS = 86_400_000;

  private static final Logger log = LoggerFactory.getLogger(PastBarReader.class);

  private final Supplier<History> history;
  private final FrameFolding folding;
  private final InstantSource clock;
  private final Duration firstPause;
  private final OwnThread thread = new OwnThread("past-bars");
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong bars = new AtomicLong();

  /** Whether the last ask failed; owned by the thread. */
  private boolean away;

  /**
   * @param history opened by the first ask
   */
  public PastBarReader(Supplier<History> history, FrameFolding folding, InstantSource clock) {
    this(history, folding, clock, FIRST_PAUSE);
  }

  PastBarReader(
      Supplier<History> history, FrameFolding folding, InstantSource clock, Duration firstPause) {
    this.history = history;
    this.folding = folding;
    this.clock = clock;
    this.firstPause = firstPause;
    thread.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy()); // at the end
  }

  /**
   * The past of a source for one study of a market. Only a live source has one: a replay publishes
   * the same bytes whatever the store has, and a simulated market begins another day at each start.
   */
  public PastBars of(SourceSpec source) {
    return source.working() == FeedStatus.State.LIVE
        ? new LivePast(source.name(), source.simulated(), this)
        : PastBars.NONE;
  }

  /** Reads what is asked for, and hands it over on the reader's thread. */
  void read(String source, PastBars.Ask ask, Consumer<List<Bar>> then) {
    thread.execute(() -> answer(source, ask, then));
  }

  private void answer(String source, PastBars.Ask ask, Consumer<List<Bar>> then) {
    List<Bar> found = List.of();
    try {
      found = readPatiently(source, ask);
    } finally {
      then.accept(found); // whatever happens, the study goes on
    }
  }

  private List<Bar> readPatiently(String source, PastBars.Ask ask) {
    Duration pause = firstPause;
    for (int attempt = away ? ATTEMPTS : 1; ; attempt++) {
      try {
        List<Bar> found = read(source, ask);
        away = false;
        answered.incrementAndGet();
        bars.addAndGet(found.size());
        return found;
      } catch (HistoryException e) {
        if (attempt >= ATTEMPTS || !sleep(pause)) {
          giveUp(e);
          return List.of();
        }
        pause = pause.multipliedBy(2);
      }
    }
  }

  private void giveUp(HistoryException failure) {
    if (!away) {
      log.warn("bars and indicators begin without their past: {}", failure.getMessage());
    }
    away = true;
    failed.incrementAndGet();
  }

  private static boolean sleep(Duration pause) {
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private List<Bar> read(String source, PastBars.Ask ask) {
    Series series = new Series(ask.instrument().symbol(), source, Origin.LIVE);
    long to = Math.max(ask.from(), Math.min(ask.to(), clock.millis() + AHEAD_MILLIS));
    return new CandleReader(new JoinedBars(history.get()), folding, clock)
            .read(
                series,
                ask.instrument(),
                ask.frame(),
                new TimeRange(ask.from(), to, false),
                ask.count())
            .rows()
            .stream()
            .filter(bar -> bar.state().closed())
            .toList();
  }

  /** How many asks were answered. */
  public long answered() {
    return answered.get();
  }

  /** How many asks were given up as the store was away. */
  public long failed() {
    return failed.get();
  }

  /** How many bars were read. */
  public long bars() {
    return bars.get();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
