package dev.tapeline.plant.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Publication;
import dev.tapeline.embedded.EmbeddedBus;
import dev.tapeline.feed.FeedFault;
import dev.tapeline.feed.FeedListener;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.bus.MarketTickDecoder;
import dev.tapeline.market.instrument.Instruments;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BusFeedTest implements FeedListener, TickListener {

  private final EmbeddedBus bus = new EmbeddedBus(1_000);
  private final Instruments instruments = new Instruments(100, BusFeed.SOURCE);
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final CountDownLatch open = new CountDownLatch(1);
  private volatile boolean breaks;
  private final BusFeed feed =
      new BusFeed(
          bus,
          new MarketTickDecoder(new ForeignInstruments(instruments, 3)),
          InstantSource.system());

  @AfterEach
  void close() {
    feed.close();
  }

  @Override
  public void onTick(Tick tick) {
    told.add(tick.getClass().getSimpleName() + " " + tick.instrument().symbol());
    try {
      assertTrue(open.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void onTime(long millis) {}

  @Override
  public void onFrameEnd() {}

  @Override
  public void onBatchEnd() {
    if (breaks) {
      throw new IllegalStateException("a study broke");
    }
  }

  @Override
  public void onStatus(FeedStatus status) {
    told.add(status.state().wireName());
  }

  @Override
  public void onFault(FeedFault fault) {
    told.add(fault.reason());
  }

  @Override
  public void onEnded() {
    told.add("ended");
  }

  @Override
  public void onFailed(Exception failure) {
    told.add("failed: " + failure.getMessage());
  }

  private void publish(String channel, String payload) {
    bus.publish(List.of(Publication.of(channel, payload)));
  }

  private String next() throws InterruptedException {
    return String.valueOf(told.poll(20, TimeUnit.SECONDS));
  }

  @Test
  void ticksOfOthersAreTold() throws InterruptedException {
    open.countDown();
    feed.start(this, this);
    assertEquals("live", next());
    publish("market:tick:ACME", "{\"ltp\":1.5,\"bid\":1}");
    assertEquals("Trade ACME", next());
    assertEquals("Quote ACME", next());
    publish("market:tick:ACME", "{\"ltp\":}");
    String fault = next();
    assertTrue(fault.startsWith("market:tick:ACME: not valid JSON"), fault);
    publish("market:tick:NIFTY", "{\"key\":\"IDX_I:13\",\"ltp\":24000}");
    assertEquals("IndexValue NIFTY", next());
    publish("market:tick:A B", "{\"ltp\":1}");
    assertTrue(next().contains("not a symbol: 'A B'"));
    assertEquals("index", instruments.bySymbol("NIFTY").orElseThrow().type());
    feed.close();
    assertEquals("closed", next());
  }

  @Test
  void aFailureOfAListenerIsTold() throws InterruptedException {
    feed.start(this, this);
    assertEquals("live", next());
    breaks = true;
    assertEquals("failed: a study broke", next());
    assertEquals(FeedStatus.State.DOWN, feed.status().state());
  }

  @Test
  void ticksOfOwnSourcesAreLeftOut() throws InterruptedException {
    open.countDown();
    feed.start(this, this);
    assertEquals("live", next());
    String own =
        "{\"symbol\":\"ACME\",\"key\":\"X:1\",\"ltp\":1,\"receivedTime\":7,\"source\":\"simulator\"}";
    publish("market:tick:ACME", own);
    publish("market:tick:ACME", own.replace(",\"receivedTime\":7", ""));
    assertEquals("Trade ACME", next());
    publish("market:tick:OTHER", "{\"ltp\":1,\"source\":\"simulator\"}");
    assertEquals("Trade OTHER", next());
  }

  @Test
  void aTickThatIsTooLongIsAFault() throws InterruptedException {
    open.countDown();
    feed.start(this, this);
    assertEquals("live", next());
    publish("market:tick:ACME", "{\"ltp\":1}" + " ".repeat(ForeignTicks.MAX_LENGTH));
    assertEquals("1 ticks of more than 16384 bytes were dropped", next());
    publish("market:tick:ACME", "{\"ltp\":1}");
    assertEquals("Trade ACME", next());
  }

  @Test
  void aSymbolWithoutRoomIsAFault() throws InterruptedException {
    open.countDown();
    feed.start(this, this);
    assertEquals("live", next());
    for (String symbol : List.of("A", "B", "C")) {
      publish("market:tick:" + symbol, "{\"ltp\":1}");
      assertEquals("Trade " + symbol, next());
    }
    publish("market:tick:D", "{\"ltp\":1}");
    assertEquals("market:tick:D: no room for the symbol: the source bus-ticks can have 3", next());
    publish("market:tick:A", "{\"ltp\":2}");
    assertEquals("Trade A", next());
  }

  @Test
  void tooManyAreDroppedAndCounted() throws InterruptedException {
    feed.start(this, this);
    assertEquals("live", next());
    publish("market:tick:ACME", "{\"ltp\":1}");
    assertEquals("Trade ACME", next()); // and waits
    for (int i = 0; i < ForeignTicks.MAX_TICKS + 300; i++) {
      publish("market:tick:ACME", "{\"ltp\":1}"); // the same one: no further ticks
    }
    open.countDown();
    assertEquals("too many at once: 300 ticks were dropped", next());
    assertEquals(Bus.State.UP, bus.state());
  }
}
