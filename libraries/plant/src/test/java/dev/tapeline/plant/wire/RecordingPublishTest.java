package dev.tapeline.plant.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Publication;
import dev.tapeline.embedded.EmbeddedBus;
import dev.tapeline.embedded.EmbeddedCache;
import dev.tapeline.feed.FeedFault;
import dev.tapeline.feed.FeedListener;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.TickBuffer;
import dev.tapeline.feed.binance.BinanceDecoder;
import dev.tapeline.feed.replay.Pace;
import dev.tapeline.feed.replay.Recording;
import dev.tapeline.feed.replay.ReplayFeed;
import dev.tapeline.feed.replay.ReplayGate;
import dev.tapeline.feed.replay.ReplayOptions;
import dev.tapeline.market.Market;
import dev.tapeline.market.SharedFiles;
import dev.tapeline.market.book.OrderBook;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real recording from the file to the bus. */
@Timeout(120)
class RecordingPublishTest {

  private final Path file = SharedFiles.path(SharedFiles.BINANCE);

  @Test
  void tradesAndChangesOfTheBookPassByteForByteAndInOrder() throws Exception {
    List<String> trades = new ArrayList<>();
    List<String> changes = new ArrayList<>();
    for (String line : lines()) {
      String frame = line.substring(line.indexOf(' ') + 1);
      collect(frame, "btcusdt@trade", "trade@BTCUSDT", trades);
      collect(frame, "btcusdt@depth@100ms", "depth@BTCUSDT", changes);
    }
    Published published = play(0);
    assertEquals(9757, trades.size());
    assertEquals(trades, published.on("trade@BTCUSDT"));
    List<String> depth = published.on("depth@BTCUSDT");
    assertEquals(changes, depth.stream().filter(p -> !p.endsWith("\"snapshot\":true}}")).toList());
    assertEquals(1, depth.size() - changes.size());
    assertEquals(published.on("market:tick:BTCUSDT"), published.on("market:tick"));
    assertTrue(published.on("market:tick").size() >= 9757);
  }

  /** Law 6: the same input gives the same bytes. */
  @Test
  void playedTwiceItGivesTheSameBytes() throws Exception {
    List<Publication> first = play(600).all();
    List<Publication> second = play(600).all();
    assertEquals(first.size(), second.size());
    for (int i = 0; i < first.size(); i++) {
      assertEquals(first.get(i).channel(), second.get(i).channel());
      assertArrayEquals(first.get(i).payload(), second.get(i).payload());
    }
  }

  @Test
  void theFoldOfWhatWasPublishedIsTheBookWhereverItBegins() throws Exception {
    List<byte[]> depth =
        play(600).all().stream()
            .filter(publication -> publication.channel().equals("depth@BTCUSDT"))
            .map(Publication::payload)
            .toList();
    byte[] expected = fold(depth);
    assertArrayEquals(expected, fold(depth.subList(700, depth.size())));
    OrderBook book = new OrderBook(OrderBook.Start.SNAPSHOT);
    TickBuffer ticks = new TickBuffer();
    replay(ticks);
    for (Tick tick : ticks.ticks()) {
      if (tick instanceof Tick.Depth change) {
        book.apply(change);
      }
    }
    assertTrue(new String(expected, StandardCharsets.UTF_8).contains("\"u\":" + book.lastId()));
    TickBuffer decoded = new TickBuffer();
    new BinanceDecoder(Instrument::binance).decode(expected, 0, expected.length, 0, decoded);
    Tick.Depth rendered = (Tick.Depth) decoded.ticks().getFirst();
    assertEquals(book.bids(1000), rendered.bids());
    assertEquals(book.asks(1000), rendered.asks());
  }

  private static byte[] fold(List<byte[]> payloads) {
    BookSnapshots fold = new BookSnapshots("depth@BTCUSDT");
    payloads.forEach(fold::apply);
    assertEquals(0, fold.ignored());
    return fold.snapshot().orElseThrow();
  }

  private static void collect(String frame, String from, String to, List<String> into) {
    if (frame.contains("\"" + from + "\"")) {
      into.add(frame.replace("\"" + from + "\"", "\"" + to + "\""));
    }
  }

  private Published play(int wholeBookEvery) throws InterruptedException {
    EmbeddedBus bus = new EmbeddedBus(100);
    Published published = Published.on(bus);
    MarketPublisher publisher =
        new MarketPublisher(
            Carrier.of(bus),
            new EmbeddedCache(100, () -> 0),
            new MarketPublisher.Settings(
                "replay", _ -> false, true, 500, wholeBookEvery, 64, _ -> true),
            () -> 0);
    replay(Market.of(publisher));
    assertEquals(0, publisher.busLosses() + publisher.cacheLosses() + publisher.gaps());
    return published;
  }

  private void replay(TickListener ticks) throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    try (ReplayFeed feed =
        new ReplayFeed(
            new Recording(file),
            () -> new BinanceDecoder(Instrument::binance),
            new ReplayOptions(Pace.MAX, false, false),
            ReplayGate.OPEN,
            InstantSource.system())) {
      feed.start(
          new FeedListener() {
            @Override
            public void onStatus(FeedStatus status) {
              if (status.state() != FeedStatus.State.REPLAY) {
                ended.countDown();
              }
            }

            @Override
            public void onFault(FeedFault fault) {
              throw new AssertionError(fault);
            }

            @Override
            public void onEnded() {}

            @Override
            public void onFailed(Exception failure) {
              throw new AssertionError(failure);
            }
          },
          ticks);
      assertTrue(ended.await(60, TimeUnit.SECONDS));
      assertEquals(FeedStatus.State.CLOSED, feed.status().state());
    }
  }

  private List<String> lines() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }
}
