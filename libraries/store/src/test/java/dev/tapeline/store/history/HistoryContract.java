package dev.tapeline.store.history;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.Ohlc;
import dev.tapeline.market.tick.Side;
import dev.tapeline.market.tick.Tick;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What every history does. Each test has symbols of its own, as they share a server. */
public abstract class HistoryContract {

  private static final long T = Instant.parse("2026-11-30T03:45:00Z").toEpochMilli();
  private static final long MINUTE = 60_000;
  private static final AtomicInteger SYMBOLS = new AtomicInteger();
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Series series =
      new Series("SYM" + SYMBOLS.incrementAndGet(), "vendor", Origin.LIVE);

  /** The history of all tests of a class. */
  protected abstract History history();

  private static BigDecimal decimal(String text) {
    return new BigDecimal(text);
  }

  private static Bar bar(long time, String close, int revision, boolean partial) {
    return new Bar(
        Frame.MINUTE,
        time,
        new Ohlc(decimal("100.00"), decimal("250.10"), decimal("99.95"), decimal(close)),
        decimal("75.0"),
        3,
        new Bar.State(true, revision, partial));
  }

  private HistoryRow row(Bar bar) {
    return new HistoryRow.OfBar(series, bar);
  }

  private HistoryRow.OfTick tick(long time, long id, int ordinal, String price) {
    return new HistoryRow.OfTick(
        series, time, id, ordinal, decimal(price), decimal("0.50"), Side.SELL);
  }

  private List<Bar> bars(Span span) {
    return history().bars(series, Frame.MINUTE, span);
  }

  private static Span all() {
    return new Span(T - 100 * MINUTE, T + 100 * MINUTE, 1_000, false);
  }

  /** A store may show rows a moment after it has taken them. */
  private static <R> void awaitEquals(R expected, Supplier<R> actual) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!expected.equals(actual.get()) && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertEquals(expected, actual.get());
  }

  @Test
  void barsComeOutAsTheyWentIn() {
    Bar plain = bar(T, "101.10", 0, false);
    Bar index =
        new Bar(
            Frame.MINUTE,
            T + MINUTE,
            new Ohlc(
                decimal("0.00000001"),
                decimal("123456789012345678901234.5"),
                decimal("-37.63"),
                decimal("9007199254740993")),
            null,
            1,
            new Bar.State(true, 2, true));
    history().append(List.of(row(plain), row(index)));
    awaitEquals(List.of(plain, index), () -> bars(all()));
  }

  @Test
  void randomDecimalsKeepAllTheirDigits() {
    Random random = new Random(7);
    List<Bar> made = new ArrayList<>();
    List<HistoryRow> rows = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      BigDecimal price = BigDecimal.valueOf(random.nextLong(), random.nextInt(12));
      BigDecimal volume = BigDecimal.valueOf(random.nextInt(1_000_000), random.nextInt(4));
      Bar bar =
          new Bar(
              Frame.MINUTE,
              T + i * 1_000L,
              new Ohlc(price, price, price, price),
              volume,
              i,
              Bar.State.CLOSED);
      made.add(bar);
      rows.add(row(bar));
    }
    history().append(rows);
    awaitEquals(made, () -> bars(all()));
  }

  @Test
  void higherRevisionWinsInWhateverOrder() {
    history().append(List.of(row(bar(T, "101", 1, false)), row(bar(T, "102", 2, false))));
    history().append(List.of(row(bar(T, "100", 0, false))));
    awaitEquals(List.of(bar(T, "102", 2, false)), () -> bars(all()));
  }

  @Test
  void newerOneOfTheSameRevisionWins() {
    history().append(List.of(row(bar(T, "101", 0, false)), row(bar(T, "102", 0, false))));
    awaitEquals(List.of(bar(T, "102", 0, false)), () -> bars(all()));
    history().append(List.of(row(bar(T, "103", 0, false))));
    awaitEquals(List.of(bar(T, "103", 0, false)), () -> bars(all()));
  }

  @Test
  void partialBarNeverReplacesWholeOne() {
    history().append(List.of(row(bar(T, "101", 0, true))));
    awaitEquals(List.of(bar(T, "101", 0, true)), () -> bars(all()));
    history().append(List.of(row(bar(T, "102", 0, false)), row(bar(T, "103", 9, true))));
    awaitEquals(List.of(bar(T, "102", 0, false)), () -> bars(all()));
  }

  @Test
  void spanHasItsFirstTimeAndNotItsLast() {
    List<Bar> four =
        List.of(
            bar(T, "1", 0, false),
            bar(T + MINUTE, "2", 0, false),
            bar(T + 2 * MINUTE, "3", 0, false),
            bar(T + 3 * MINUTE, "4", 0, false));
    history().append(four.stream().map(this::row).toList());
    awaitEquals(four, () -> bars(all()));
    assertEquals(four.subList(1, 3), bars(new Span(T + MINUTE, T + 3 * MINUTE, 10, false)));
    assertEquals(four.subList(0, 2), bars(new Span(T, T + 9 * MINUTE, 2, false)));
    assertEquals(four.reversed().subList(0, 2), bars(new Span(T, T + 9 * MINUTE, 2, true)));
  }

  @Test
  void barsOfDaysAreApartFromThoseOfMinutes() {
    Bar day =
        new Bar(
            Frame.DAY,
            T,
            new Ohlc(decimal("1"), decimal("2"), decimal("1"), decimal("2")),
            null,
            9,
            Bar.State.CLOSED);
    history().append(List.of(row(bar(T, "101", 0, false)), row(day)));
    awaitEquals(List.of(day), () -> history().bars(series, Frame.DAY, all()));
    awaitEquals(List.of(bar(T, "101", 0, false)), () -> bars(all()));
    awaitEquals(
        Set.of(new BarSeries(series, Frame.MINUTE), new BarSeries(series, Frame.DAY)),
        () -> new HashSet<>(history().barSeries(series.symbol())));
  }

  @Test
  void replayAndSimulationDoNotTouchWhatWasLive() {
    Series replay = new Series(series.symbol(), series.source(), Origin.REPLAY);
    Series simulated = new Series(series.symbol(), series.source(), Origin.SIMULATED);
    history().append(List.of(row(bar(T, "101", 0, false))));
    history()
        .append(
            List.of(
                new HistoryRow.OfBar(replay, bar(T, "102", 5, false)),
                new HistoryRow.OfBar(simulated, bar(T, "103", 5, false))));
    awaitEquals(
        List.of(bar(T, "102", 5, false)), () -> history().bars(replay, Frame.MINUTE, all()));
    assertEquals(List.of(bar(T, "101", 0, false)), bars(all()));
  }

  @Test
  void sameTickTwiceIsOne() {
    HistoryRow.OfTick numbered = tick(T, 77, 0, "101.50");
    history().append(List.of(numbered, numbered));
    history().append(List.of(numbered));
    awaitEquals(List.of(numbered), () -> history().ticks(series, all()));
    awaitEquals(List.of(series), () -> history().tickSeries(series.symbol()));
  }

  @Test
  void ticksOfOneTimeAreInTheirOrder() {
    HistoryRow.OfTick first = tick(T, Tick.NO_ID, 0, "101.5");
    HistoryRow.OfTick second = tick(T, Tick.NO_ID, 1, "101.5");
    HistoryRow.OfTick index =
        new HistoryRow.OfTick(series, T + 1, Tick.NO_ID, 0, decimal("24321.45"), null, null);
    history().append(List.of(second, first, index));
    awaitEquals(List.of(first, second, index), () -> history().ticks(series, all()));
    assertEquals(
        List.of(index, second), history().ticks(series, new Span(T - MINUTE, T + MINUTE, 2, true)));
  }

  @Test
  void chainsKeepTheirBytes() {
    LocalDate expiry = LocalDate.of(2026, 12, 29);
    byte[] json =
        "{\"symbol\":\"N\\\\\\\"X\",\n \"spot\":24321.45,\"name\":\"निफ्टी\"}"
            .getBytes(StandardCharsets.UTF_8);
    history().append(List.of(new HistoryRow.OfChain(series, expiry, T, json)));
    awaitEquals(1, () -> history().chains(series, expiry, all()).size());
    assertArrayEquals(json, history().chains(series, expiry, all()).getFirst().json());
    assertEquals(List.of(), history().chains(series, expiry.plusDays(7), all()));
  }

  /** A snapshot has a row for each strike: one of 400 strikes has half a megabyte. */
  @Test
  void longChainsAreKeptAndReadByPages() {
    LocalDate expiry = LocalDate.of(2026, 12, 29);
    String strikes = "{\"strike\":24000,\"iv\":12.3456}".repeat(16_000);
    List<HistoryRow> rows = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      byte[] json =
          "{\"t\":%d,\"strikes\":[%s]}".formatted(i, strikes).getBytes(StandardCharsets.UTF_8);
      rows.add(new HistoryRow.OfChain(series, expiry, T + i * MINUTE, json));
    }
    history().append(rows);
    awaitEquals(5, () -> history().chains(series, expiry, all()).size());
    Span newest = new Span(T, T + 4 * MINUTE, 2, true);
    assertEquals(
        List.of(T + 3 * MINUTE, T + 2 * MINUTE),
        history().chains(series, expiry, newest).stream().map(HistoryRow::time).toList());
  }

  @Test
  void seriesOfChainsAndFiguresAreKnownByName() {
    LocalDate expiry = LocalDate.of(2026, 12, 29);
    Series simulated = new Series(series.symbol(), "simulator", Origin.SIMULATED);
    byte[] json = "{}".getBytes(StandardCharsets.UTF_8);
    history()
        .append(
            List.of(
                new HistoryRow.OfChain(series, expiry, T, json),
                new HistoryRow.OfChain(simulated, expiry, T, json),
                new HistoryRow.OfChain(simulated, expiry.plusDays(7), T, json),
                new HistoryRow.OfFigure(series, Figure.ATM_IV, T, 11.5),
                new HistoryRow.OfFigure(simulated, Figure.CM30, T, 11.5)));
    String symbol = series.symbol();
    awaitEquals(
        Set.of(series, simulated), () -> new HashSet<>(history().chainSeries(symbol, expiry)));
    awaitEquals(List.of(simulated), () -> history().chainSeries(symbol, expiry.plusDays(7)));
    assertEquals(List.of(), history().chainSeries(symbol, expiry.plusDays(14)));
    awaitEquals(List.of(series), () -> history().figureSeries(symbol, Figure.ATM_IV));
    awaitEquals(List.of(simulated), () -> history().figureSeries(symbol, Figure.CM30));
    assertEquals(List.of(), history().figureSeries(symbol, Figure.VIX));
  }

  @Test
  void figuresAreSeriesOfDoubles() {
    HistoryRow.OfFigure iv = new HistoryRow.OfFigure(series, Figure.ATM_IV, T, 11.344730758605);
    HistoryRow.OfFigure vix = new HistoryRow.OfFigure(series, Figure.VIX, T, 0.1 + 0.2);
    history().append(List.of(iv, vix));
    awaitEquals(List.of(iv), () -> history().figures(series, Figure.ATM_IV, all()));
    awaitEquals(List.of(vix), () -> history().figures(series, Figure.VIX, all()));
  }

  @Test
  void oddNamesAreKept() {
    Series odd = new Series("M&M-1.a_" + series.symbol(), "it's, a=b \\ \"ü\"", Origin.LIVE);
    history().append(List.of(new HistoryRow.OfBar(odd, bar(T, "101", 0, false))));
    awaitEquals(List.of(new BarSeries(odd, Frame.MINUTE)), () -> history().barSeries(odd.symbol()));
    awaitEquals(List.of(bar(T, "101", 0, false)), () -> history().bars(odd, Frame.MINUTE, all()));
  }

  @Test
  void unknownSeriesIsEmpty() {
    Series unknown = new Series("NOTHING", "vendor", Origin.LIVE);
    assertEquals(List.of(), history().bars(unknown, Frame.MINUTE, all()));
    assertEquals(List.of(), history().ticks(unknown, all()));
    assertEquals(List.of(), history().barSeries("NOTHING"));
  }

  @Test
  void oldDaysAreDropped() {
    long old = T - Duration.ofDays(500).toMillis();
    HistoryRow.OfTick gone = tick(old, 1, 0, "1");
    HistoryRow.OfTick kept = tick(T, 2, 0, "2");
    Bar bar = bar(old, "101", 0, false);
    history().append(List.of(gone, kept, row(bar)));
    Span ever = new Span(0, T + MINUTE, 10, false);
    awaitEquals(List.of(gone, kept), () -> history().ticks(series, ever));
    Retention retention =
        new Retention(Duration.ofDays(600), Duration.ofDays(300), Duration.ofDays(300));
    history().keep(retention, Instant.ofEpochMilli(T));
    awaitEquals(List.of(kept), () -> history().ticks(series, ever));
    assertEquals(List.of(bar), bars(ever));
    history().keep(retention, Instant.ofEpochMilli(T));
    assertTrue(history().ticks(series, ever).contains(kept));
  }

  private HistoryRow fetched(Bar bar) {
    Series vendors = new Series(series.symbol(), series.source(), Origin.BACKFILL);
    return new HistoryRow.OfBar(vendors, bar);
  }

  @Test
  void wholeLiveBarsThenFetchedOnesAreJoined() {
    Bar live = bar(T, "101", 0, false);
    Bar cut = bar(T + MINUTE, "102", 0, true);
    Bar alone = bar(T + 3 * MINUTE, "104", 0, true);
    Bar filled = bar(T + MINUTE, "202", 0, false);
    Bar hole = bar(T + 2 * MINUTE, "203", 0, false);
    history().append(List.of(row(live), row(cut), row(alone)));
    history().append(List.of(fetched(bar(T, "201", 0, false)), fetched(filled), fetched(hole)));
    awaitEquals(
        List.of(live, filled, hole, alone),
        () -> new JoinedBars(history()).bars(series, Frame.MINUTE, all()));
    JoinedBars joined = new JoinedBars(history());
    assertEquals(
        List.of(alone, hole),
        joined.bars(series, Frame.MINUTE, new Span(T - MINUTE, T + 9 * MINUTE, 2, true)));
    assertEquals(Set.of(T + 2 * MINUTE), joined.fetched());
    assertEquals(List.of(live, cut, alone), bars(all()), "the live series is as it was");
  }

  @Test
  void liveSeriesOfFetchedBarsShowsFramesThatHaveNoHoles() {
    Bar fetched = bar(T, "101", 0, false);
    Frame five = Frame.parse("5m");
    Bar long5 = new Bar(five, T, fetched.prices(), fetched.volume(), 1, Bar.State.CLOSED);
    history().append(List.of(new HistoryRow.OfBar(series, long5), fetched(fetched)));
    Series vendors = new Series(series.symbol(), series.source(), Origin.BACKFILL);
    awaitEquals(
        Set.of(new BarSeries(series, Frame.MINUTE), new BarSeries(vendors, Frame.MINUTE)),
        () -> Set.copyOf(new JoinedBars(history()).barSeries(series.symbol())));
    assertEquals(2, history().barSeries(series.symbol()).size());
  }

  @Test
  void countThatIsNotKnownStaysSo() {
    Bar bar = bar(T, "101", 0, false);
    Bar unknown = new Bar(bar.frame(), T, bar.prices(), null, Bar.UNKNOWN_COUNT, Bar.State.CLOSED);
    history().append(List.of(row(unknown)));
    awaitEquals(List.of(unknown), () -> bars(all()));
  }
}
