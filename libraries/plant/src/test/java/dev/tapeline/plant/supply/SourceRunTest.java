package dev.tapeline.plant.supply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.embedded.EmbeddedBus;
import dev.tapeline.embedded.EmbeddedCache;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import dev.tapeline.plant.wire.Carrier;
import dev.tapeline.plant.wire.MarketPublisher;
import dev.tapeline.plant.wire.Published;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SourceRunTest {

  private final EmbeddedBus bus = new EmbeddedBus(100);
  private final EmbeddedCache cache = new EmbeddedCache(100, System::currentTimeMillis);
  private final Published published = Published.on(bus);
  private final SourceRun run =
      new SourceRun(
          new TestFeed(),
          new MarketPublisher(
              Carrier.of(bus),
              cache,
              MarketPublisher.Settings.of("test", _ -> false, true),
              () -> 1),
          List::of,
          new Heartbeat("test", cache, InstantSource.system()),
          new Ignoring(),
          new SourceMeters("test", new SimpleMeterRegistry())::faults);

  /** A listener that nothing happens to. */
  private static final class Ignoring implements SourceRun.Listener {

    @Override
    public void onStatus(SourceRun run, FeedStatus status) {}

    @Override
    public void onEnded(SourceRun run) {}

    @Override
    public void onFailed(SourceRun run, Exception failure) {}
  }

  @AfterEach
  void close() {
    run.close();
    bus.close();
  }

  private void trade(long id) {
    run.onTick(
        new Tick.Trade(
            Instrument.binance("BTCUSDT"),
            Times.UNKNOWN,
            id,
            new BigDecimal("10"),
            new BigDecimal("5"),
            null,
            null));
    run.onFrameEnd();
    run.onBatchEnd();
  }

  @Test
  void aSourceThatStartsOverHasAnEmptyMarket() {
    trade(1);
    trade(2);
    run.onStartOver();
    trade(3);
    List<String> ticks = published.on("market:tick:BTCUSDT");
    assertEquals(3, ticks.size());
    assertTrue(ticks.get(1).contains("\"volume\":10,"), ticks.get(1));
    assertTrue(ticks.get(2).contains("\"volume\":5,"), ticks.get(2));
    assertEquals(2, published.on("live_ltp_updates").size());
    assertEquals(3, run.ticks());
  }
}
