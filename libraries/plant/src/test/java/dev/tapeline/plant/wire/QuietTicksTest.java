package dev.tapeline.plant.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.embedded.EmbeddedBus;
import dev.tapeline.embedded.EmbeddedCache;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuietTicksTest {

  private static final String TICKS = "market:tick:BTCUSDT";
  private static final String LIST = "tick:BTCUSDT";

  private final AtomicLong time = new AtomicLong(1_000_000);
  private final EmbeddedBus bus = new EmbeddedBus(100);
  private final EmbeddedCache cache = new EmbeddedCache(100, time::get);
  private final Published published = Published.on(bus);

  private Feeding publisher(boolean publishesTicks) {
    return Feeding.of(
        new MarketPublisher(
            Carrier.of(bus),
            cache,
            new MarketPublisher.Settings("binance", _ -> false, publishesTicks, 3, 5, 8, _ -> true),
            time::get));
  }

  private static Tick price(String price) {
    return new Tick.LastPrice(Instrument.binance("BTCUSDT"), Times.UNKNOWN, new BigDecimal(price));
  }

  /** Lets time pass as a feed does, with the ends of batches. */
  private void pass(Duration duration, Feeding feeding) {
    long end = time.get() + duration.toMillis();
    while (time.get() < end) {
      time.addAndGet(30_000);
      feeding.market().onBatchEnd();
    }
  }

  private List<String> cached() {
    return cache.newest(LIST, 10).toCompletableFuture().join();
  }

  @Test
  void theNewestTickStaysInTheCacheWhileNothingChanges() {
    Feeding feeding = publisher(true);
    feeding.send(price("10"), price("11"));
    pass(Duration.ofHours(5), feeding);
    assertEquals(List.of(published.on(TICKS).getLast()), cached());
    assertEquals(2, published.on(TICKS).size());
    feeding.send(price("12"));
    assertEquals(published.on(TICKS).subList(1, 3).reversed(), cached());
  }

  @Test
  void recentTicksStayAsLongAsTheyAreRecent() {
    Feeding feeding = publisher(true);
    feeding.send(price("10"), price("11"));
    pass(Duration.ofMinutes(2), feeding);
    assertEquals(published.on(TICKS).reversed(), cached());
  }

  @Test
  void ticksThatOthersPublishAreTheirs() {
    Feeding feeding = publisher(false);
    feeding.send(price("10"));
    pass(Duration.ofMinutes(10), feeding);
    assertEquals(List.of(), cached());
  }

  @Test
  void manyAreKeptOverSeveralBatches() {
    List<InstrumentChannels> all =
        IntStream.range(0, QuietTicks.AT_ONCE + 1)
            .mapToObj(i -> new InstrumentChannels(Instrument.binance("S" + i)))
            .toList();
    all.forEach(channels -> channels.tickCachedAt = 1);
    QuietTicks quiet = new QuietTicks(all);
    long now = 1 + QuietTicks.QUIET_MILLIS;
    List<String> kept = new ArrayList<>();
    Consumer<InstrumentChannels> keep =
        channels -> {
          kept.add(channels.symbol);
          channels.tickCachedAt = now;
        };
    quiet.keep(now, keep);
    assertEquals(QuietTicks.AT_ONCE, kept.size());
    quiet.keep(now, keep);
    quiet.keep(now + QuietTicks.LOOK_MILLIS, keep);
    assertEquals(all.stream().map(channels -> channels.symbol).toList(), kept);
  }
}
