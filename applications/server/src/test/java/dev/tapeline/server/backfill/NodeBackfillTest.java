package dev.tapeline.server.backfill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.SourceStatus;
import dev.tapeline.feed.Detail;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instruments;
import dev.tapeline.market.session.TradingCalendar;
import dev.tapeline.rest.history.Backfill;
import dev.tapeline.store.PostgresForTests;
import dev.tapeline.store.database.Database;
import dev.tapeline.store.history.History;
import dev.tapeline.store.history.HistoryRow;
import dev.tapeline.store.history.Origin;
import dev.tapeline.store.history.RecorderRules;
import dev.tapeline.store.history.Retention;
import dev.tapeline.store.history.Series;
import dev.tapeline.store.history.Span;
import dev.tapeline.store.history.sql.SqlHistory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Gaps in a real database, filled by a vendor that has what a test says. */
@Timeout(60)
class NodeBackfillTest {

  private static final long MINUTE = 60_000;

  /** Noon of a day; the test's market never closes. */
  private static final long NOON = Instant.parse("2026-11-27T12:00:00Z").toEpochMilli();

  private static final AtomicInteger SYMBOLS = new AtomicInteger();
  private static Database database;
  private static History history;

  private final VendorScript vendor = new VendorScript();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Instrument pair = Instrument.binance("PAIR" + SYMBOLS.incrementAndGet());
  private final Series live = new Series(pair.symbol(), "binance", Origin.LIVE);
  private final Series fetched = new Series(pair.symbol(), "binance", Origin.BACKFILL);
  private volatile long now = NOON + 10 * MINUTE + 30_000;
  private NodeBackfill backfill;

  @BeforeAll
  static void open() {
    database = PostgresForTests.upDatabase();
    history = new SqlHistory(database.jdbi());
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void start() {
    Retention retention =
        new Retention(Duration.ofDays(400), Duration.ofDays(7), Duration.ofDays(30));
    backfill =
        new NodeBackfill(
            new RecorderRules(Set.of(Frame.MINUTE, Frame.DAY), false, false, 1_000, retention),
            () -> Optional.of(history),
            new Instruments(10, "bus"),
            new TradingCalendar(List.of()),
            () -> Instant.ofEpochMilli(now),
            meters);
    backfill.add("binance", vendor, _ -> false, true);
  }

  @AfterEach
  void stop() {
    vendor.go();
    backfill.close();
  }

  private Backfill.Filled fill(long from, long to) {
    return backfill
        .fill("binance", pair, new Backfill.Wish(Frame.MINUTE, from, to, true, 1_000))
        .orElseThrow();
  }

  private List<Long> minutesOf(Series series) {
    return history.bars(series, Frame.MINUTE, new Span(0, now, 10_000, false)).stream()
        .map(bar -> (bar.time() - NOON) / MINUTE)
        .toList();
  }

  private void store(int minute, boolean partial) {
    Bar bar = VendorScript.bar(Frame.MINUTE, NOON + minute * MINUTE, 5);
    history.append(
        List.of(
            new HistoryRow.OfBar(
                live,
                new Bar(
                    bar.frame(),
                    bar.time(),
                    bar.prices(),
                    null,
                    1,
                    new Bar.State(true, 0, partial)))));
  }

  private void vendorHas(int... minutes) {
    for (int minute : minutes) {
      vendor.has(NOON + minute * MINUTE);
    }
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  private double counted(String name) {
    return meters
        .get("tapeline.backfill." + name)
        .tag("source", "binance")
        .functionCounter()
        .count();
  }

  @Test
  void whatIsMissingOrPartialIsFetchedOnce() {
    store(0, false);
    store(1, true);
    store(4, false);
    vendorHas(0, 1, 2, 4);
    assertEquals(new Backfill.Filled(false, null), fill(NOON, NOON + 5 * MINUTE));
    assertEquals(List.of(1L, 2L), minutesOf(fetched), "3 had no trade; 0 and 4 are live");
    assertEquals(List.of(new FillSpan(NOON + MINUTE, NOON + 3 * MINUTE + 1)), vendor.asked());
    fill(NOON, NOON + 5 * MINUTE);
    fill(NOON + MINUTE, NOON + 4 * MINUTE);
    assertEquals(1, vendor.asked().size(), "that 3 had no trade is remembered");
    assertEquals(1, counted("calls"));
    assertEquals(2, counted("bars"));
  }

  @Test
  void whatIsNotOverIsNotAskedFor() {
    vendorHas(9, 10);
    fill(NOON + 9 * MINUTE, NOON + 20 * MINUTE);
    assertEquals(List.of(9L), minutesOf(fetched));
    now += 45_000; // 10 ended 15 s ago
    fill(NOON + 9 * MINUTE, NOON + 20 * MINUTE);
    assertEquals(List.of(9L), minutesOf(fetched));
    now += 10_000;
    fill(NOON + 9 * MINUTE, NOON + 20 * MINUTE);
    assertEquals(List.of(9L, 10L), minutesOf(fetched));
  }

  @Test
  void newestMinutesThatComeLateAreAskedForAgain() {
    fill(NOON, NOON + 10 * MINUTE);
    assertEquals(List.of(), minutesOf(fetched));
    vendorHas(0, 8, 9);
    now += 40_000;
    fill(NOON, NOON + 10 * MINUTE);
    assertEquals(List.of(8L, 9L), minutesOf(fetched), "that 0 had no trade is believed for hours");
    now += Duration.ofHours(7).toMillis();
    fill(NOON, NOON + 10 * MINUTE);
    assertEquals(List.of(0L, 8L, 9L), minutesOf(fetched));
  }

  @Test
  void failureIsTriedAgainAfterAWhile() {
    vendorHas(0);
    vendor.fail(true);
    fill(NOON, NOON + MINUTE);
    assertEquals(1, counted("failures"));
    vendor.fail(false);
    fill(NOON, NOON + MINUTE);
    assertEquals(List.of(), minutesOf(fetched), "not at once");
    now += 31_000;
    fill(NOON, NOON + MINUTE);
    assertEquals(List.of(0L), minutesOf(fetched));
  }

  @Test
  void slowVendorIsNotWaitedForAndFillsBehind() {
    vendorHas(0);
    vendor.halt();
    long begun = System.nanoTime();
    assertTrue(fill(NOON, NOON + MINUTE).isFilling());
    assertTrue(System.nanoTime() - begun < Duration.ofSeconds(20).toNanos());
    vendor.go();
    await(() -> minutesOf(fetched).equals(List.of(0L)));
    await(() -> !fill(NOON, NOON + MINUTE).isFilling());
    assertEquals(1, vendor.asked().size());
  }

  @Test
  void longSpansAreFetchedByCallsOfTheVendorsLength() {
    fill(NOON - 2_400 * MINUTE, NOON - 1_401 * MINUTE);
    assertEquals(1, vendor.asked().size());
    var _ = backfill.fill("binance", pair, new Backfill.Wish(Frame.MINUTE, 0, NOON, false, 2_500));
    assertEquals(4, vendor.asked().size(), vendor.asked().toString());
    assertTrue(vendor.asked().stream().allMatch(one -> one.to() - one.from() <= 1_000 * MINUTE));
  }

  @Test
  void presentSessionIsCompletedAfterTheSourceHasComeUp() {
    vendorHas(-700, 0, 5);
    backfill.watched("binance", Watchlist.of(Map.of(pair, Detail.QUOTE)));
    backfill.heard(new SourceStatus("binance", "live", now));
    now += 26_000;
    await(() -> minutesOf(fetched).equals(List.of(-700L, 0L, 5L)));
    backfill.heard(new SourceStatus("binance", "down", now));
    vendorHas(11);
    now += 3 * MINUTE;
    backfill.heard(new SourceStatus("binance", "live", now));
    now += 26_000;
    await(() -> minutesOf(fetched).equals(List.of(-700L, 0L, 5L, 11L)));
  }

  @Test
  void nothingIsFetchedForOthers() {
    Backfill.Wish wish = new Backfill.Wish(Frame.MINUTE, NOON, NOON + MINUTE, true, 10);
    assertEquals(Optional.empty(), backfill.fill("simulator", pair, wish));
    backfill.add("made-up", vendor, _ -> true, true);
    assertEquals(Optional.empty(), backfill.fill("made-up", pair, wish));
    Backfill.Wish seconds = new Backfill.Wish(Frame.SECOND, NOON, NOON + MINUTE, true, 10);
    assertEquals(Optional.empty(), backfill.fill("binance", pair, seconds));
    assertEquals(List.of(), vendor.asked());
  }

  @Test
  void daysAndPagesBackReachAsFarAsTheyAreKept() {
    vendor.has(Instant.parse("2026-11-20T00:00:00Z").toEpochMilli());
    Backfill.Filled filled =
        backfill
            .fill("binance", pair, new Backfill.Wish(Frame.DAY, 0, NOON, false, 5))
            .orElseThrow();
    assertTrue(filled.earliest() < Instant.parse("2026-11-20T00:00:00Z").toEpochMilli());
    assertEquals(1, history.bars(fetched, Frame.DAY, new Span(0, NOON, 9, false)).size());
  }
}
