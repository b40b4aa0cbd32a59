package dev.tapeline.plant.supply;

import dev.tapeline.core.SourceStatus;
import dev.tapeline.feed.Feed;
import dev.tapeline.feed.FeedFault;
import dev.tapeline.feed.FeedListener;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.market.Market;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import dev.tapeline.plant.wire.MarketPublisher;
import io.micrometer.core.instrument.Counter;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a source, from the connection of its feed to its end: the feed, the market of its
 * ticks, the publisher, and the heartbeat. Once {@link #close} has begun, nothing from the feed is
 * passed on.
 */
final class SourceRun implements FeedListener, TickListener, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SourceRun.class);

  private final Feed feed;
  private final Market market;
  private final MarketPublisher publisher;
  private final Heartbeat heartbeat;
  private final Consumer<SourceStatus> statuses;
  private final Counter faults;
  private final AtomicLong ticks = new AtomicLong();
  private volatile boolean over;

  SourceRun(
      Feed feed,
      MarketPublisher publisher,
      Heartbeat heartbeat,
      Consumer<SourceStatus> statuses,
      Counter faults) {
    this.feed = feed;
    this.market = Market.of(publisher);
    this.publisher = publisher;
    this.heartbeat = heartbeat;
    this.statuses = statuses;
    this.faults = faults;
  }

  /**
   * @throws dev.tapeline.feed.FeedException if the feed can't start
   */
  void start() {
    feed.start(this, this);
    heartbeat.start();
  }

  /** The number of ticks so far. */
  long ticks() {
    return ticks.get();
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

  /** The final status is not announced: another node may run the source. */
  @Override
  public void onStatus(FeedStatus status) {
    if (!over) {
      log.info("{} is {}", status.source(), status.state().wireName());
      statuses.accept(
          new SourceStatus(
              status.source(), status.state().wireName(), status.since(), status.reason()));
    }
  }

  @Override
  public void onFault(FeedFault fault) {
    faults.increment(); // the feed has logged it
  }

  @Override
  public void close() {
    over = true;
    heartbeat.close();
    feed.close();
  }
}
