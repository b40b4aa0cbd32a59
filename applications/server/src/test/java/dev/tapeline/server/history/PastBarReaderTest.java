package dev.tapeline.server.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.Feed;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.Ohlc;
import dev.tapeline.market.bar.PastBars;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instruments;
import dev.tapeline.market.session.TradingCalendar;
import dev.tapeline.plant.supply.SourceSpec;
import dev.tapeline.store.PostgresForTests;
import dev.tapeline.store.database.Database;
import dev.tapeline.store.history.History;
import dev.tapeline.store.history.HistoryException;
import dev.tapeline.store.history.HistoryRow;
import dev.tapeline.store.history.Origin;
import dev.tapeline.store.history.Series;
import dev.tapeline.store.history.sql.SqlHistory;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The past of live sources, from a real database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PastBarReaderTest {

  private static final Instrument COIN = Instrument.binance("BTCUSDT");
  private static final long MIDNIGHT = 1_764_547_200_000L;
  private static final long MINUTE = 60_000;
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.ofEpochMilli(MIDNIGHT + 100 * MINUTE));

  private Database database;
  private History history;

  @BeforeAll
  void start() {
    database = PostgresForTests.upDatabase();
    history = new SqlHistory(database.jdbi());
    List<HistoryRow> rows = new ArrayList<>();
    for (int minute = 0; minute < 30; minute++) {
      rows.add(row(Origin.LIVE, minute, 100 + minute, minute == 7));
    }
    rows.add(row(Origin.BACKFILL, 7, 500, false));
    rows.add(row(Origin.BACKFILL, 8, 501, false));
    rows.add(row(Origin.BACKFILL, 30, 502, false));
    rows.add(row(Origin.SIMULATED, 31, 503, false));
    rows.add(row(Origin.REPLAY, 32, 504, false));
    history.append(rows);
  }

  @AfterAll
  void stop() {
    history.close();
    database.close();
  }

  private static HistoryRow row(Origin origin, int minute, int price, boolean partial) {
    BigDecimal exact = BigDecimal.valueOf(price);
    Bar bar =
        new Bar(
            Frame.MINUTE,
            MIDNIGHT + minute * MINUTE,
            new Ohlc(exact, exact, exact, exact),
            BigDecimal.ONE,
            1,
            new Bar.State(true, 0, partial));
    return new HistoryRow.OfBar(new Series(COIN.symbol(), "binance", origin), bar);
  }

  private static SourceSpec source(FeedStatus.State working, boolean simulated) {
    Supplier<Feed> feeds =
        () -> {
          throw new AssertionError("it is not run");
        };
    return new SourceSpec("binance", working, _ -> simulated, () -> {}, feeds);
  }

  private PastBarReader reader(Supplier<History> opened) {
    MarketFolding folding =
        new MarketFolding(new TradingCalendar(List.of()), new Instruments(10, "bus"));
    return new PastBarReader(opened, folding, CLOCK, Duration.ofMillis(1));
  }

  private static PastBars.Ask ask(String frame, int count) {
    return new PastBars.Ask(COIN, Frame.parse(frame), 0, PastBars.NOW, count);
  }

  /** The bars of the answer, which comes at one of the next steps. */
  private static List<Bar> await(PastBars past, PastBars.Ask ask) throws InterruptedException {
    List<List<Bar>> answers = new ArrayList<>();
    assertTrue(past.ask(ask, answers::add));
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (answers.isEmpty() && System.nanoTime() < end) {
      past.deliver();
      Thread.sleep(1);
    }
    return answers.getFirst();
  }

  private static List<Integer> opens(List<Bar> bars) {
    return bars.stream().map(bar -> bar.prices().open().intValueExact()).toList();
  }

  @Test
  void whatWasFetchedStandsForNoBarAndForAPartialOne() throws Exception {
    try (PastBarReader reader = reader(() -> history)) {
      PastBars past = reader.of(source(FeedStatus.State.LIVE, false));
      List<Bar> all = await(past, ask("1m", 500));
      List<Integer> expected = new ArrayList<>(IntStream.range(100, 130).boxed().toList());
      expected.set(7, 500);
      expected.add(502);
      assertEquals(expected, opens(all));
      assertEquals(List.of(128, 129, 502), opens(await(past, ask("1m", 3))));
      assertEquals(2, reader.answered());
      assertEquals(34, reader.bars());
    }
  }

  @Test
  void barsOfFramesThatAreNotStoredAreFolded() throws Exception {
    try (PastBarReader reader = reader(() -> history)) {
      PastBars past = reader.of(source(FeedStatus.State.LIVE, false));
      List<Bar> bars = await(past, ask("10m", 500));
      assertEquals(List.of(100, 110, 120), opens(bars).subList(0, 3));
      assertEquals(109, bars.getFirst().prices().close().intValueExact());
    }
  }

  @Test
  void recordingsAndInventedPricesHaveNoPast() throws Exception {
    try (PastBarReader reader = reader(() -> history)) {
      assertSame(PastBars.NONE, reader.of(source(FeedStatus.State.REPLAY, false)));
      assertSame(PastBars.NONE, reader.of(source(FeedStatus.State.SIMULATED, true)));
      PastBars marked = reader.of(source(FeedStatus.State.LIVE, true));
      assertEquals(List.of(), await(marked, ask("1m", 10)));
      assertEquals(0, reader.answered());
    }
  }

  @Test
  void aStoreThatIsAwayIsAskedAgainForAWhile() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    try (PastBarReader reader = reader(() -> attempts.incrementAndGet() < 4 ? away() : history)) {
      PastBars past = reader.of(source(FeedStatus.State.LIVE, false));
      assertFalse(await(past, ask("1m", 10)).isEmpty());
      assertEquals(0, reader.failed());
      assertTrue(attempts.get() >= 4);
    }
    AtomicInteger more = new AtomicInteger();
    try (PastBarReader reader = reader(() -> more.incrementAndGet() > 0 ? away() : history)) {
      PastBars past = reader.of(source(FeedStatus.State.LIVE, false));
      assertEquals(List.of(), await(past, ask("1m", 10)));
      int patient = more.get();
      assertEquals(List.of(), await(past, ask("1m", 10)));
      assertEquals(2, reader.failed());
      assertEquals(patient + 1, more.get()); // it is known to be away
    }
  }

  private static History away() {
    throw HistoryException.away("the store is away", new IOException("no route"));
  }

  @Test
  void soManyAsksAreOpenAtMost() throws Exception {
    try (PastBarReader reader = reader(() -> history)) {
      PastBars past = reader.of(source(FeedStatus.State.LIVE, false));
      List<@Nullable List<Bar>> answers = new ArrayList<>();
      for (int i = 0; i < LivePast.MAX_OPEN; i++) {
        assertTrue(past.ask(ask("1m", 1), answers::add));
      }
      assertFalse(past.ask(ask("1m", 1), answers::add));
      long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (answers.size() < LivePast.MAX_OPEN && System.nanoTime() < end) {
        past.deliver();
        Thread.sleep(1);
      }
      assertNotNull(answers.get(LivePast.MAX_OPEN - 1));
      assertTrue(past.ask(ask("1m", 1), answers::add));
    }
  }
}
