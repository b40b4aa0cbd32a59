package dev.tapeline.server.runtime;

import dev.tapeline.feed.Feed;
import dev.tapeline.feed.FeedFault;
import dev.tapeline.feed.FeedListener;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.gateway.hub.SourceStatus;
import dev.tapeline.market.Tick;
import dev.tapeline.server.publish.Heartbeat;
import dev.tapeline.server.publish.MarketPublisher;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One feed and what its ticks become, with the heartbeat that tells that it runs. */
final class FeedRun implements FeedListener, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(FeedRun.class);

  private final Feed feed;
  private final MarketPublisher publisher;
  private final Heartbeat heartbeat;
  private final Consumer<SourceStatus> statuses;
  private final Counter faults;

  FeedRun(
      Feed feed,
      MarketPublisher publisher,
      Heartbeat heartbeat,
      Consumer<SourceStatus> statuses,
      MeterRegistry meters) {
    this.feed = feed;
    this.publisher = publisher;
    this.heartbeat = heartbeat;
    this.statuses = statuses;
    this.faults = meters.counter("tapeline.feed.faults");
    count(meters, "ticks", MarketPublisher::ticks);
    count(meters, "publications", MarketPublisher::publications);
    count(meters, "book.gaps", MarketPublisher::gaps);
    count(meters, "bus.losses", MarketPublisher::busLosses);
    count(meters, "cache.losses", MarketPublisher::cacheLosses);
  }

  private void count(MeterRegistry meters, String name, ToDoubleFunction<MarketPublisher> value) {
    FunctionCounter.builder("tapeline.feed." + name, publisher, value).register(meters);
  }

  FeedRun start() {
    feed.start(this);
    heartbeat.start();
    return this;
  }

  @Override
  public void onTick(Tick tick) {
    publisher.publish(tick);
  }

  @Override
  public void onStatus(FeedStatus status) {
    log.info("{} is {}", status.source(), status.state().wireName());
    statuses.accept(new SourceStatus(status.source(), status.state().wireName(), status.since()));
  }

  @Override
  public void onFault(FeedFault fault) {
    faults.increment(); // the feed has logged it
  }

  @Override
  public void close() {
    feed.close();
    heartbeat.close();
  }
}
