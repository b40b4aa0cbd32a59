package dev.tapeline.plant.supply;

import dev.tapeline.core.Cache;
import dev.tapeline.core.SourceStatus;
import dev.tapeline.plant.wire.Carrier;
import dev.tapeline.plant.wire.MarketPublisher;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a source, one after the other; each begins with nothing that the one before left.
 * Owned by one thread.
 */
final class FeedRuns {

  private final FeedSource source;
  private final Carrier carrier;
  private final Cache cache;
  private final InstantSource clock;
  private final Consumer<SourceStatus> statuses;
  private final FeedMeters meters;
  private @Nullable FeedRun present;

  FeedRuns(
      FeedSource source,
      Carrier carrier,
      Cache cache,
      InstantSource clock,
      Consumer<SourceStatus> statuses,
      FeedMeters meters) {
    this.source = source;
    this.carrier = carrier;
    this.cache = cache;
    this.clock = clock;
    this.statuses = statuses;
    this.meters = meters;
  }

  boolean isRunning() {
    return present != null;
  }

  /**
   * @throws dev.tapeline.feed.FeedException if the feed can't start
   */
  void begin() {
    MarketPublisher publisher =
        new MarketPublisher(
            carrier, cache, MarketPublisher.Settings.of(source.isSimulated()), clock::millis);
    FeedRun run =
        new FeedRun(
            source.feeds().get(),
            publisher,
            new Heartbeat(cache, clock),
            statuses,
            meters.faults());
    meters.begun(publisher);
    present = run;
    try {
      run.start();
    } catch (RuntimeException e) {
      end();
      throw e;
    }
  }

  /** Ends the present one, if there is any, and waits for its feed. */
  void end() {
    FeedRun run = present;
    if (run != null) {
      present = null;
      run.close();
      meters.ended();
    }
  }
}
