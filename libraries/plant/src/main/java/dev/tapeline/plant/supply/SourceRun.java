package dev.tapeline.plant.supply;

import dev.tapeline.feed.Feed;
import dev.tapeline.feed.FeedFault;
import dev.tapeline.feed.FeedFigures;
import dev.tapeline.feed.FeedListener;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.market.Market;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import dev.tapeline.plant.wire.MarketPublisher;
import io.micrometer.core.instrument.Counter;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One run of a source, from the connection of its feed to its end: the feed, the market of its
 * ticks, the publisher, and the heartbeat. Once it has failed or {@link #close} has begun, nothing
 * from the feed is passed on.
 */
final class SourceRun implements FeedListener, TickListener, AutoCloseable {

  private final Feed feed;
  private final Analytics analytics;
  private Market market; // owned by the feed's thread
  private final MarketPublisher publisher;
  private final Heartbeat heartbeat;
  private final Listener listener;
  private final Function<String, Counter> faults;
  private final AtomicLong ticks = new AtomicLong();
  private volatile boolean ended;
  private volatile boolean over;

  /** Receives what becomes of a run, on the feed's thread. */
  interface Listener {

    void onStatus(SourceRun run, FeedStatus status);

    /** The feed has come to its end by itself; the run goes on without a heartbeat. */
    void onEnded(SourceRun run);

    /** The run has ended by a failure of the feed, the market or the publisher. */
    void onFailed(SourceRun run, Exception failure);
  }

  SourceRun(
      Feed feed,
      MarketPublisher publisher,
      Analytics analytics,
      Heartbeat heartbeat,
      Listener listener,
      Function<String, Counter> faults) {
    this.feed = feed;
    this.analytics = analytics;
    this.publisher = publisher;
    this.market = market();
    this.heartbeat = heartbeat;
    this.listener = listener;
    this.faults = faults;
  }

  private Market market() {
    return Market.of(
        SideBySide.of(publisher, analytics.listeners().get()), analytics.studies().get());
  }

  /**
   * @throws dev.tapeline.feed.FeedException if the feed can't start
   */
  void start() {
    feed.start(this, this);
    heartbeat.start();
  }

  /** Says what the feed is to watch from now on. */
  void watch(Watchlist watchlist) {
    feed.watch(watchlist);
  }

  /** The number of ticks so far. */
  long ticks() {
    return ticks.get();
  }

  /** What its feed has done on the network; null if it is connected to nothing. */
  @Nullable FeedFigures figures() {
    return feed.figures();
  }

  MarketPublisher publisher() {
    return publisher;
  }

  @Override
  public void onTick(Tick tick) {
    if (!over) {
      ticks.lazySet(ticks.get() + 1); // only the feed's thread writes it
      market.onTick(tick);
    }
  }

  @Override
  public void onTime(long millis) {
    if (!over) {
      market.onTime(millis);
    }
  }

  /** Begins with an empty market, as the run of a live source does. */
  @Override
  public void onStartOver() {
    if (!over) {
      publisher.startOver();
      market = market();
    }
  }

  @Override
  public void onFeed(boolean isUp) {
    if (!over) {
      market.onFeed(isUp);
    }
  }

  @Override
  public void onFrameEnd() {
    if (!over) {
      market.onFrameEnd();
    }
  }

  @Override
  public void onBatchEnd() {
    if (!over) {
      market.onBatchEnd();
    }
  }

  /** The final status is not passed on: another node may run the source. */
  @Override
  public void onStatus(FeedStatus status) {
    if (!over) {
      listener.onStatus(this, status);
    }
  }

  @Override
  public void onFault(FeedFault fault) {
    faults.apply(fault.kind()).increment(); // the feed has logged it
  }

  @Override
  public void onEnded() {
    if (!over) {
      ended = true;
      heartbeat.close();
      listener.onEnded(this);
    }
  }

  @Override
  public void onFailed(Exception failure) {
    if (!over) {
      over = true;
      heartbeat.close();
      listener.onFailed(this, failure);
    }
  }

  /** Whether its feed has come to its end by itself. */
  boolean hasEnded() {
    return ended;
  }

  /** Whether nothing is passed on any more. */
  boolean isOver() {
    return over;
  }

  @Override
  public void close() {
    over = true;
    heartbeat.close();
    feed.close();
  }
}
