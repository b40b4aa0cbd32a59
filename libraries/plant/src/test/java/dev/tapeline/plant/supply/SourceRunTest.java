package dev.tapeline.plant.supply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.embedded.EmbeddedBus;
import dev.tapeline.embedded.EmbeddedCache;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.event.MarketListener;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import dev.tapeline.plant.wire.Carrier;
import dev.tapeline.plant.wire.ChainSnapshots;
import dev.tapeline.plant.wire.MarketPublisher;
import dev.tapeline.plant.wire.Published;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SourceRunTest {

  private final EmbeddedBus bus = new EmbeddedBus(100);
  private final EmbeddedCache cache = new EmbeddedCache(100, System::currentTimeMillis);
  private final Published published = Published.on(bus);
  private final List<String> heard = new ArrayList<>();
  private final SourceRun run =
      new SourceRun(
          new TestFeed(),
          new MarketPublisher(
              Carrier.of(bus),
              cache,
              MarketPublisher.Settings.of("test", _ -> false, true),
              () -> 1),
          Analytics.NONE.toldTo(() -> List.of(new Heard()), ChainSnapshots.NONE),
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

  /** Notes events, and how many ticks had been published by then. */
  private final class Heard implements MarketListener {

    @Override
    public void onEvent(MarketEvent event) {
      heard.add(event.getClass().getSimpleName() + " of " + event.instrument().symbol());
    }

    @Override
    public void onFrameEnd() {
      heard.add("frame");
    }

    @Override
    public void onBatchEnd() {
      heard.add("batch, %d published".formatted(published.on("market:tick:BTCUSDT").size()));
    }
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

  @Test
  void othersHearAllOfItAfterThePublisher() {
    trade(1);
    run.onStartOver();
    trade(2);
    List<String> one =
        List.of("Traded of BTCUSDT", "DayChanged of BTCUSDT", "frame", "batch, 1 published");
    List<String> other =
        List.of("Traded of BTCUSDT", "DayChanged of BTCUSDT", "frame", "batch, 2 published");
    assertEquals(Stream.concat(one.stream(), other.stream()).toList(), heard);
  }
}
