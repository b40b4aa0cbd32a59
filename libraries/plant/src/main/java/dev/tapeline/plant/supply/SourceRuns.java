package dev.tapeline.plant.supply;

import dev.tapeline.core.Cache;
import dev.tapeline.plant.wire.Carrier;
import dev.tapeline.plant.wire.MarketPublisher;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a source, one after the other; each begins without state of the one before. Owned by
 * one thread.
 */
final class SourceRuns {

  private final SourceSpec spec;
  private final Carrier carrier;
  private final Cache cache;
  private final InstantSource clock;
  private final SourceRun.Listener listener;
  private final SourceMeters meters;
  private @Nullable SourceRun present;

  SourceRuns(
      SourceSpec spec,
      Carrier carrier,
      Cache cache,
      InstantSource clock,
      SourceRun.Listener listener,
      SourceMeters meters) {
    this.spec = spec;
    this.carrier = carrier;
    this.cache = cache;
    this.clock = clock;
    this.listener = listener;
    this.meters = meters;
  }

  boolean isRunning() {
    return present != null;
  }

  /** Whether this is the run of now. */
  boolean isPresent(SourceRun run) {
    return run.equals(present);
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
            MarketPublisher.Settings.of(spec.name(), spec.isSimulated(), spec.publishesTicks()),
            clock::millis);
    SourceRun run =
        new SourceRun(
            spec.feeds().get(),
            publisher,
            new Heartbeat(spec.name(), cache, clock),
            listener,
            meters.faults());
    meters.begun(run);
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
    SourceRun run = present;
    if (run != null) {
      present = null;
      run.close();
      meters.ended();
    }
  }
}
