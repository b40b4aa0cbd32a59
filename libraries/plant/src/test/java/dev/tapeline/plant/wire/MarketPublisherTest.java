package dev.tapeline.plant.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Cache;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Stamps;
import dev.tapeline.embedded.EmbeddedBus;
import dev.tapeline.embedded.EmbeddedCache;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.market.tick.BestPrice;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Side;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import dev.tapeline.market.tick.VendorJson;
import dev.tapeline.plant.channels.Keys;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MarketPublisherTest {

  private static final Instrument HDFC =
      new Instrument.Share(
          new Reference("HDFCBANK", "NSE_EQ", "1333", "HDFC Bank", new BigDecimal("0.05")));
  private static final Instrument NIFTY =
      new Instrument.Index(
          new Reference("NIFTY", "IDX_I", "13", "Nifty 50", new BigDecimal("0.05")));
  private static final long TIME = 1_753_437_600_123L;

  private final EmbeddedBus bus = new EmbeddedBus(100);
  private final AtomicLong cacheTime = new AtomicLong();
  private final EmbeddedCache cache = new EmbeddedCache(100, cacheTime::get);
  private final Published published = Published.on(bus);
  private final Feeding publisher = publisher(false);

  @Test
  void aTradeGoesToEveryChannelOfItsInstrument() {
    publisher.send(new Tick.SessionStart(HDFC, Times.UNKNOWN, new BigDecimal("1650.00")));
    publisher.send(trade(HDFC, 7, "1642.35", "25"));
    assertEquals(
        List.of(
            "trade@HDFCBANK",
            "ticker@HDFCBANK",
            "market:tick:HDFCBANK",
            "market:tick",
            "live_ltp_updates"),
        published.channels());
    assertEquals(
        List.of(
            "{\"stream\":\"trade@HDFCBANK\",\"data\":{\"e\":\"trade\",\"t\":7,\"m\":true,"
                + "\"p\":\"1642.35\",\"q\":\"25\",\"s\":\"HDFCBANK\",\"T\":1753437600123}}",
            "{\"stream\":\"ticker@HDFCBANK\",\"data\":{\"e\":\"ticker\",\"s\":\"HDFCBANK\","
                + "\"c\":\"1642.35\",\"o\":\"1642.35\",\"h\":\"1642.35\",\"l\":\"1642.35\","
                + "\"v\":\"25\"}}",
            "{\"symbol\":\"HDFCBANK\",\"key\":\"NSE_EQ:1333\",\"ltp\":1642.35,\"ltq\":25,"
                + "\"volume\":25,\"averagePrice\":1642.35,\"open\":1642.35,\"high\":1642.35,\"low\":1642.35,"
                + "\"prevClose\":1650,\"change\":-7.65,\"changePct\":-0.46,"
                + "\"exchangeTime\":1753437600123,\"receivedTime\":1753437600125,\"source\":\"dhan\"}",
            "{\"type\":\"screener_ltp_update\",\"key\":\"NSE_EQ:1333\",\"symbol\":\"HDFCBANK\","
                + "\"ltp\":1642.35,\"timestamp\":\"2025-07-25T10:00:00.123Z\"}"),
        List.of(text(0), text(1), text(2), text(4)));
    assertEquals(text(2), text(3));
  }

  @Test
  void stampsSayWhenItAroseAndWhenItCameHere() {
    publisher.send(trade(HDFC, 7, "1642.35", "25"));
    for (Publication publication : published.all()) {
      assertEquals(new Stamps(TIME, 5000), publication.stamps());
    }
  }

  @Test
  void theExchangesOwnJsonPassesByteForByte() {
    String raw = "{ \"e\" : \"trade\", \"p\":\"1.50000\",\"x\":[1, 2]}";
    VendorJson json = new VendorJson(raw.getBytes(StandardCharsets.UTF_8));
    publisher.send(
        new Tick.Trade(HDFC, Times.UNKNOWN, 1, BigDecimal.ONE, BigDecimal.ONE, Side.SELL, json));
    publisher.send(new Tick.Depth(HDFC, Times.UNKNOWN, false, 1, 2, List.of(), List.of(), json));
    assertEquals(
        List.of("{\"stream\":\"trade@HDFCBANK\",\"data\":" + raw + "}"),
        published.on("trade@HDFCBANK"));
    assertEquals(
        List.of("{\"stream\":\"depth@HDFCBANK\",\"data\":" + raw + "}"),
        published.on("depth@HDFCBANK"));
  }

  @Test
  void aQuoteIsPublishedWhenABestPriceMovesAfterTheFirstTrade() {
    publisher.send(quote("1642.30 5", "1642.40 6"));
    assertEquals(List.of(), published.channels());
    publisher.send(trade(HDFC, 7, "1642.35", "25"));
    published.clear();
    publisher.send(quote("1642.30 9", "1642.40 9"));
    assertEquals(List.of(), published.channels());
    publisher.send(quote("1642.35 9", "1642.40 9"));
    assertEquals(
        List.of("ticker@HDFCBANK", "market:tick:HDFCBANK", "market:tick"), published.channels());
    assertTrue(text(0).contains("\"c\":\"1642.35\",\"b\":\"1642.35\",\"a\":\"1642.40\""), text(0));
    assertTrue(text(1).contains("\"bid\":1642.35,\"ask\":1642.4,"), text(1));
  }

  @Test
  void whatOneFrameHoldsOfAnInstrumentIsOneMarketTick() {
    publisher.sendFrames(
        List.of(
            List.of(
                trade(HDFC, 7, "1642.35", "25"),
                trade(HDFC, 8, "1642.40", "5"),
                quote("1642.30 5", "1642.45 6"),
                new Tick.DayStats(
                    HDFC, Times.UNKNOWN, null, null, null, new BigDecimal("900"), null, null))));
    assertEquals(
        List.of(
            "trade@HDFCBANK",
            "trade@HDFCBANK",
            "ticker@HDFCBANK",
            "market:tick:HDFCBANK",
            "market:tick",
            "live_ltp_updates"),
        published.channels());
    String tick = published.on("market:tick:HDFCBANK").getFirst();
    assertTrue(tick.contains("\"ltp\":1642.4,\"ltq\":5,\"volume\":900,"), tick);
    assertTrue(tick.contains("\"bid\":1642.3,\"ask\":1642.45,"), tick);
  }

  @Test
  void oneBatchIsOneCallToBusAndCache() {
    List<Integer> batches = new ArrayList<>();
    List<Integer> writes = new ArrayList<>();
    Feeding counted =
        Feeding.of(
            new MarketPublisher(
                new Counted(batches),
                new CountedCache(writes),
                new MarketPublisher.Settings("dhan", _ -> false, true, 3, 5, 8, _ -> true),
                () -> 5000));
    counted.sendFrames(
        List.of(
            List.of(trade(HDFC, 7, "1642.35", "25")),
            List.of(index("24000")),
            List.of(trade(HDFC, 8, "1642.40", "5"))));
    assertEquals(List.of(13), batches); // 5 of a trade with a new price, 3 of the index
    assertEquals(List.of(7), writes); // two prices of two instruments, and three ticks
    counted.sendFrames(List.of());
    assertEquals(1, batches.size());
  }

  @Test
  void bytesDoNotDependOnHowFramesFallIntoBatches() {
    List<List<Tick>> frames = new ArrayList<>();
    for (int i = 1; i <= 40; i++) {
      frames.add(List.of(trade(HDFC, i, "" + (1600 + i % 7), "" + i), index("" + (24000 + i))));
    }
    frames.forEach(frame -> publisher.sendFrames(List.of(frame)));
    List<String> apart = published.all().stream().map(Publication::toString).toList();
    published.clear();
    publisher(false).sendFrames(frames);
    assertEquals(apart, published.all().stream().map(Publication::toString).toList());
  }

  @Test
  void ofTicksThatOthersPublishedOnlyTheRestIsPublished() {
    Feeding foreign =
        Feeding.of(
            new MarketPublisher(
                Carrier.of(bus),
                cache,
                new MarketPublisher.Settings("bus-ticks", _ -> false, false, 3, 5, 8, _ -> true),
                () -> 5000));
    foreign.send(trade(HDFC, Tick.NO_ID, "1642.35", "25"));
    assertEquals(
        List.of("trade@HDFCBANK", "ticker@HDFCBANK", "live_ltp_updates"), published.channels());
    assertEquals(Map.of("price:HDFCBANK", "1642.35"), cached("price:HDFCBANK"));
    assertEquals(List.of(), cache.newest("tick:HDFCBANK", 10).toCompletableFuture().join());
  }

  @Test
  void eachSymbolHasItsOwnMark() {
    Feeding mixed =
        Feeding.of(
            new MarketPublisher(
                Carrier.of(bus),
                cache,
                new MarketPublisher.Settings(
                    "bus-ticks", "NIFTY"::equals, true, 3, 5, 8, _ -> true),
                () -> 5000));
    mixed.send(trade(HDFC, 7, "1642.35", "25"), index("24000"));
    for (Publication each : published.all()) {
      String text = each.text();
      assertEquals(text.contains("NIFTY"), text.contains("\"simulated\":true"), text);
    }
    assertEquals(
        Map.of("simulated:IDX_I:13", "true", "market_stream:simulated", "true"),
        cached("simulated:IDX_I:13", "simulated:NSE_EQ:1333", "market_stream:simulated"));
  }

  @Test
  void anInstrumentWithAnotherKeyIsPublishedUnderThat() {
    publisher.send(trade(HDFC, 7, "1642.35", "25"));
    Instrument moved =
        new Instrument.Share(
            new Reference("HDFCBANK", "BSE_EQ", "500180", "HDFC Bank", BigDecimal.ZERO));
    published.clear();
    publisher.send(trade(moved, 8, "1642.40", "25"));
    String tick = published.on("market:tick:HDFCBANK").getFirst();
    assertTrue(tick.startsWith("{\"symbol\":\"HDFCBANK\",\"key\":\"BSE_EQ:500180\""), tick);
    assertTrue(tick.contains("\"volume\":50,"), tick);
    assertEquals(Map.of("ltp:BSE_EQ:500180", "1642.4"), cached("ltp:BSE_EQ:500180"));
  }

  @Test
  void everyMarketTickIsInTheFormOfAnOwnOne() {
    Feeding simulated = publisher(true);
    for (Feeding each : List.of(publisher, simulated)) {
      each.send(trade(HDFC, 7, "1642.35", "25"));
      each.send(
          new Tick.Trade(HDFC, new Times(0, 7), Tick.NO_ID, BigDecimal.TEN, null, null, null));
      each.send(index("24000"));
    }
    for (String symbol : List.of("HDFCBANK", "NIFTY")) {
      List<String> ticks = published.on("market:tick:" + symbol);
      assertTrue(ticks.size() >= 2, symbol);
      for (String tick : ticks) {
        assertTrue(OwnTicks.isOwn(symbol, tick.getBytes(StandardCharsets.UTF_8)), tick);
      }
    }
  }

  @Test
  void whatAVendorDoesNotSendIsLeftOut() {
    publisher.send(
        new Tick.Trade(HDFC, Times.UNKNOWN, Tick.NO_ID, BigDecimal.TEN, null, null, null));
    assertEquals(
        "{\"stream\":\"trade@HDFCBANK\",\"data\":{\"e\":\"trade\",\"p\":\"10\",\"s\":\"HDFCBANK\"}}",
        text(0));
    assertEquals(
        "{\"symbol\":\"HDFCBANK\",\"key\":\"NSE_EQ:1333\",\"ltp\":10,\"open\":10,\"high\":10,\"low\":10,"
            + "\"source\":\"dhan\"}",
        text(2));
  }

  /** Counts the publications of each call. */
  private record Counted(List<Integer> batches) implements Carrier {

    @Override
    public CompletionStage<Void> publish(List<Publication> batch) {
      batches.add(batch.size());
      return CompletableFuture.completedStage(null);
    }

    @Override
    public boolean isUp() {
      return true;
    }
  }

  /** Counts the writes of each call. */
  private record CountedCache(List<Integer> calls) implements Cache {

    @Override
    public CompletionStage<Map<String, String>> getAll(List<String> keys) {
      return CompletableFuture.completedStage(Map.of());
    }

    @Override
    public CompletionStage<List<String>> newest(String key, int count) {
      return CompletableFuture.completedStage(List.of());
    }

    @Override
    public CompletionStage<Void> write(List<Write> writes) {
      calls.add(writes.size());
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void close() {}
  }

  @Test
  void anIndexHasNoTradesAndNoTicker() {
    publisher.send(index("24321.50"));
    publisher.send(index("24321.50"));
    assertEquals(
        List.of(
            "market:tick:NIFTY",
            "market:tick",
            "live_ltp_updates",
            "market:tick:NIFTY",
            "market:tick"),
        published.channels());
    assertEquals(
        "{\"symbol\":\"NIFTY\",\"key\":\"IDX_I:13\",\"ltp\":24321.5,\"open\":24321.5,"
            + "\"high\":24321.5,\"low\":24321.5,\"exchangeTime\":1753437600123,"
            + "\"receivedTime\":1753437600125,\"source\":\"dhan\"}",
        text(0));
  }

  @Test
  void simulatedDataSaysSoEverywhere() {
    Feeding simulated = publisher(true);
    simulated.send(trade(HDFC, 7, "1642.35", "25"));
    simulated.send(depth(true, 1, 1, "10 1", "11 1"));
    simulated.send(depth(false, 2, 2, "10 0", "11 2"));
    assertEquals(7, published.all().size());
    for (Publication publication : published.all()) {
      assertTrue(publication.text().contains(",\"simulated\":true}"), publication.text());
    }
  }

  @Test
  void theCacheSaysThatPricesAreSimulatedAsLongAsItHasAny() {
    publisher.send(trade(HDFC, 7, "1642.35", "25"));
    assertEquals(Map.of(), cached(Keys.simulated()));
    publisher(true).send(trade(HDFC, 8, "1642.50", "5"));
    cacheTime.set(29_999);
    assertEquals(
        Map.of("ltp:NSE_EQ:1333", "1642.5", "market_stream:simulated", "true"),
        cached("ltp:NSE_EQ:1333", Keys.simulated()));
    cacheTime.set(30_000);
    assertEquals(Map.of(), cached("ltp:NSE_EQ:1333", Keys.simulated()));
  }

  @Test
  void theCacheHasTheLastPriceAndTheRecentTicks() {
    publisher.send(trade(HDFC, 7, "1642.35", "25"));
    publisher.send(trade(HDFC, 8, "1642.50", "5"));
    publisher.send(trade(HDFC, 9, "1642.40", "5"));
    publisher.send(trade(HDFC, 10, "1642.20", "5"));
    assertEquals(
        Map.of("ltp:NSE_EQ:1333", "1642.2", "price:HDFCBANK", "1642.2"),
        cached("ltp:NSE_EQ:1333", "price:HDFCBANK"));
    List<String> ticks = published.on("market:tick:HDFCBANK").reversed();
    assertEquals(
        ticks.subList(0, 3), cache.newest("tick:HDFCBANK", 10).toCompletableFuture().join());
    cacheTime.set(10_001);
    assertEquals(Map.of("ltp:NSE_EQ:1333", "1642.2"), cached("ltp:NSE_EQ:1333", "price:HDFCBANK"));
    cacheTime.set(30_001);
    assertEquals(Map.of(), cached("ltp:NSE_EQ:1333"));
    assertEquals(3, cache.newest("tick:HDFCBANK", 10).toCompletableFuture().join().size());
    cacheTime.set(300_001);
    assertEquals(List.of(), cache.newest("tick:HDFCBANK", 10).toCompletableFuture().join());
  }

  @Test
  void aSnapshotIsPublishedAsTheWholeBookWithTheChangesThatWaited() {
    publisher.send(depth(false, 5, 6, "99.50 3", ""));
    publisher.send(depth(true, 5, 5, "100.00 1, 98.00 2", "101.00 4"));
    assertEquals(
        List.of(
            "{\"stream\":\"depth@HDFCBANK\",\"data\":{\"e\":\"depth\",\"a\":[],"
                + "\"b\":[[\"99.50\",\"3\"]],\"U\":5,\"u\":6}}",
            "{\"stream\":\"depth@HDFCBANK\",\"data\":{\"e\":\"depth\",\"a\":[[\"101.00\",\"4\"]],"
                + "\"b\":[[\"100.00\",\"1\"],[\"99.50\",\"3\"],[\"98.00\",\"2\"]],"
                + "\"U\":6,\"u\":6,\"snapshot\":true}}"),
        published.on("depth@HDFCBANK"));
  }

  @Test
  void theWholeBookComesAgainAfterSoManyChanges() {
    publisher.send(depth(true, 1, 1, "10 1", "11 1"));
    for (int id = 2; id <= 9; id++) {
      publisher.send(depth(false, id, id, "9 " + id, ""));
    }
    List<Boolean> whole =
        published.on("depth@HDFCBANK").stream().map(p -> p.contains("snapshot")).toList();
    assertEquals(
        List.of(true, false, false, false, false, false, true, false, false, false), whole);
  }

  @Test
  void afterALossTheWholeBookIsPublishedOnce() {
    EmbeddedBus late = new EmbeddedBus(10);
    Feeding early =
        Feeding.of(
            new MarketPublisher(
                Carrier.of(late),
                cache,
                new MarketPublisher.Settings("dhan", _ -> false, true, 3, 0, 8, _ -> true),
                () -> 1));
    early.send(depth(true, 1, 1, "10 1", "11 1"));
    early.send(depth(false, 2, 2, "9 1", ""));
    assertTrue(early.publisher().busLosses() > 0);
    Published after = Published.on(late);
    early.send(depth(false, 3, 3, "8 1", ""));
    early.send(depth(false, 4, 4, "7 1", ""));
    assertEquals(
        List.of(false, true, false),
        after.on("depth@HDFCBANK").stream().map(p -> p.contains("snapshot")).toList());
    assertTrue(after.on("depth@HDFCBANK").get(1).contains("\"u\":3"));
  }

  @Test
  void aSessionBeginsANewBookAndANewDay() {
    publisher.send(depth(true, 900, 900, "10 1", "11 1"));
    publisher.send(trade(HDFC, 1, "10", "5"));
    publisher.send(new Tick.SessionStart(HDFC, Times.UNKNOWN, new BigDecimal("10")));
    publisher.send(depth(true, 3, 3, "20 1", "21 1"));
    published.clear();
    publisher.send(depth(false, 4, 4, "20 2", ""));
    publisher.send(trade(HDFC, 2, "20", "1"));
    assertEquals(0, publisher.publisher().gaps());
    String tick = published.on("market:tick:HDFCBANK").getFirst();
    assertTrue(tick.contains("\"volume\":1,\"averagePrice\":20,\"open\":20"), tick);
  }

  @Test
  void aTickHasTheOpenInterestAndTheVendorsMarks() {
    publisher.send(trade(HDFC, 1, "10", "5"));
    published.clear();
    publisher.send(
        new Tick.OpenInterest(
            HDFC, Times.UNKNOWN, new BigDecimal("1200"), null, null, new BigDecimal("1250")));
    publisher.send(
        new Tick.Marks(
            HDFC,
            Times.UNKNOWN,
            new BigDecimal("61.5"),
            null,
            null,
            new BigDecimal("-0.25"),
            null,
            null,
            null,
            null,
            null,
            null));
    List<String> ticks = published.on("market:tick:HDFCBANK");
    assertTrue(ticks.get(0).contains("\"oi\":1200,\"oiChange\":-50,"), ticks.get(0));
    assertTrue(ticks.get(1).contains("\"marks\":{\"iv\":61.5,\"delta\":-0.25},"), ticks.get(1));
  }

  @Test
  void aPriceThatIsNoTradeIsNoTradeOnTheWire() {
    publisher.send(new Tick.LastPrice(HDFC, new Times(TIME, TIME), new BigDecimal("12")));
    assertEquals(List.of(), published.on("trade@HDFCBANK"));
    assertTrue(published.on("market:tick:HDFCBANK").getFirst().contains("\"ltp\":12,"));
  }

  @Test
  void aPriceBeforeTheOpeningIsMarkedUntilThereIsATrade() {
    publisher.send(new Tick.LastPrice(HDFC, new Times(TIME, TIME), new BigDecimal("12"), true));
    publisher.send(trade(HDFC, 1, "12", "5"));
    List<String> ticks = published.on("market:tick:HDFCBANK");
    assertTrue(ticks.getFirst().contains("\"ltp\":12,\"phase\":\"preopen\","), ticks::toString);
    assertFalse(ticks.getLast().contains("phase"), ticks::toString);
  }

  private Feeding publisher(boolean simulated) {
    return Feeding.of(
        new MarketPublisher(
            Carrier.of(bus),
            cache,
            new MarketPublisher.Settings("dhan", _ -> simulated, true, 3, 5, 8, _ -> true),
            () -> 5000));
  }

  private Map<String, String> cached(String... keys) {
    return cache.getAll(List.of(keys)).toCompletableFuture().join();
  }

  private String text(int index) {
    return published.all().get(index).text();
  }

  private static Tick trade(Instrument instrument, long id, String price, String quantity) {
    return new Tick.Trade(
        instrument,
        new Times(TIME, TIME + 2),
        id,
        new BigDecimal(price),
        new BigDecimal(quantity),
        Side.SELL,
        null);
  }

  private static Tick index(String value) {
    return new Tick.IndexValue(NIFTY, new Times(TIME, TIME + 2), new BigDecimal(value));
  }

  private static Tick quote(String bid, String ask) {
    return new Tick.Quote(
        HDFC,
        new Times(0, TIME),
        1,
        BestPrice.of(levels(bid).getFirst()),
        BestPrice.of(levels(ask).getFirst()));
  }

  private static Tick depth(boolean snapshot, long first, long last, String bids, String asks) {
    return new Tick.Depth(
        HDFC, Times.UNKNOWN, snapshot, first, last, levels(bids), levels(asks), null);
  }

  private static List<Level> levels(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    return List.of(text.split(", ")).stream()
        .map(pair -> pair.split(" "))
        .map(pair -> Level.of(pair[0], pair[1]))
        .toList();
  }
}
