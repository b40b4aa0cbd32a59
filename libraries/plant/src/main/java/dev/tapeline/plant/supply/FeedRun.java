package dev.tapeline.plant.supply;

import dev.tapeline.core.SourceStatus;
import dev.tapeline.feed.Feed;
import dev.tapeline.feed.FeedFault;
import dev.tapeline.feed.FeedListener;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.plant.wire.MarketPublisher;
import io.micrometer.core.instrument.Counter;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a feed, from its connection to its end, and what its ticks become, with the heartbeat
 * that tells that it runs. From the beginning of {@link #close} on, nothing of the feed passes.
 */
final class FeedRun implements FeedListener, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(FeedRun.class);

  private final Feed feed;
  private final MarketPublisher publisher;
  private final Heartbeat heartbeat;
  private final Consumer<SourceStatus> statuses;
  private final Counter faults;
  private volatile boolean over;

  FeedRun(
      Feed feed,
      MarketPublisher publisher,
      Heartbeat heartbeat,
      Consumer<SourceStatus> statuses,
      Counter faults) {
    this.feed = feed;
    this.publisher = publisher;
    this.heartbeat = heartbeat;
    this.statuses = statuses;
    this.faults = faults;
  }

  /**
   * @throws dev.tapeline.feed.FeedException if the feed can't start
   */
  void start() {
    feed.start(this);
    heartbeat.start();
  }

  @Override
  public void onTick(Tick tick) {
    if (!over) {
      publisher.publish(tick);
    }
  }

  /** How the feed ends is no news: others may have it. */
  @Override
  public void onStatus(FeedStatus status) {
    if (!over) {
      log.info("{} is {}", status.source(), status.state().wireName());
      statuses.accept(new SourceStatus(status.source(), status.state().wireName(), status.since()));
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
