package dev.tapeline.plant.supply;

import dev.tapeline.core.Cache;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.plant.wire.Carrier;
import dev.tapeline.plant.wire.MarketPublisher;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs of a source, one after the other; each begins without state of the one before. Owned by
 * the source's thread, to which a run's own thread hands over how it ended.
 */
final class SourceRuns {

  private static final Logger log = LoggerFactory.getLogger(SourceRuns.class);

  private final SourceSpec spec;
  private final Carrier carrier;
  private final Cache cache;
  private final InstantSource clock;
  private final ToldStatus status;
  private final SourceMeters meters;
  private final Executor thread;
  private final Listener listener;
  private Watchlist watchlist = Watchlist.EMPTY;
  private @Nullable SourceRun present;

  /** Receives how the present run has ended by itself, on the source's thread. */
  interface Listener {

    /** The feed has come to its end; the run stays the present one. */
    void onEnded();

    /** The run has failed, and is to be ended. */
    void onFailed(Exception failure);
  }

  /**
   * @param status is told the states of the feeds
   * @param thread the source's thread
   */
  SourceRuns(
      SourceSpec spec,
      Carrier carrier,
      Cache cache,
      InstantSource clock,
      ToldStatus status,
      SourceMeters meters,
      Executor thread,
      Listener listener) {
    this.spec = spec;
    this.carrier = carrier;
    this.cache = cache;
    this.clock = clock;
    this.status = status;
    this.meters = meters;
    this.thread = thread;
    this.listener = listener;
  }

  boolean isRunning() {
    return present != null;
  }

  /** Whether the feed of the present run has come to its end by itself. */
  boolean hasEnded() {
    return present != null && present.hasEnded();
  }

  /**
   * @throws dev.tapeline.feed.FeedException if the feed can't start
   */
  void begin() {
    MarketPublisher publisher =
        new MarketPublisher(
            carrier,
            cache,
            MarketPublisher.Settings.of(spec.name(), spec.simulated(), spec.publishesTicks())
                .with(spec.analytics().wanted(), spec.analytics().snapshots()),
            clock::millis);
    SourceRun run =
        new SourceRun(
            spec.feeds().get(),
            publisher,
            spec.analytics(),
            new Heartbeat(spec.name(), cache, clock),
            new RunListener(),
            meters::faults);
    meters.begun(run);
    present = run;
    run.watch(watchlist);
    try {
      run.start();
    } catch (RuntimeException e) {
      end();
      throw e;
    }
  }

  /** Says what the present run and those after it are to watch. */
  void watch(Watchlist next) {
    watchlist = next;
    if (present != null) {
      present.watch(next);
    }
  }

  /** Ends the present one, if there is any, and waits for its feed. */
  void end() {
    SourceRun run = present;
    if (run != null) {
      present = null;
      run.close();
      meters.ended();
    }
  }

  /** Hands over what becomes of the present run; what becomes of an earlier one is dropped. */
  private final class RunListener implements SourceRun.Listener {

    @Override
    public void onStatus(SourceRun run, FeedStatus news) {
      String why = news.reason() == null ? "" : ": " + news.reason();
      log.info("{} is {}{}", spec.name(), news.state().wireName(), why);
      status.tell(news, run);
    }

    @Override
    public void onEnded(SourceRun run) {
      handOver(run, listener::onEnded);
    }

    @Override
    public void onFailed(SourceRun run, Exception failure) {
      handOver(run, () -> listener.onFailed(failure));
    }

    private void handOver(SourceRun run, Runnable news) {
      try {
        thread.execute(() -> {
          if (run.equals(present)) {
            news.run();
          }
        });
      } catch (RejectedExecutionException e) {
        log.debug("{} has ended", spec.name(), e);
      }
    }
  }
}
