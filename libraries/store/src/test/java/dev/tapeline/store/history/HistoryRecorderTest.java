package dev.tapeline.store.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.Market;
import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.Ohlc;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.event.MarketListener;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.market.tick.Side;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import dev.tapeline.market.volatility.IndexFigure;
import dev.tapeline.market.volatility.IndexFlag;
import dev.tapeline.market.volatility.IndexMethod;
import dev.tapeline.market.volatility.VolatilityReading;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HistoryRecorderTest {

  private static final long T = 1_796_010_300_000L;
  private static final Retention RETENTION =
      new Retention(Duration.ofDays(400), Duration.ofDays(7), Duration.ofDays(30));
  private static final Instrument PAIR = Instrument.binance("BTCUSDT");
  private static final Instrument INDEX =
      new Instrument.Index(new Reference("NIFTY", "IDX_I", "13", "Nifty 50", BigDecimal.ZERO));
  private static final Series PAIRS = new Series("BTCUSDT", "binance", Origin.LIVE);
  private static final Series INDICES = new Series("NIFTY", "binance", Origin.SIMULATED);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final CollectedHistory history = new CollectedHistory();
  private final List<HistoryRecorder> started = new ArrayList<>();

  @AfterEach
  void close() {
    started.forEach(HistoryRecorder::close);
  }

  private HistoryRecorder recorder(boolean ticks, int maxRows) {
    HistoryRecorder recorder =
        HistoryRecorder.start(
            history,
            new RecorderRules(Set.of(Frame.MINUTE), ticks, false, maxRows, RETENTION),
            InstantSource.system());
    started.add(recorder);
    return recorder;
  }

  private static MarketListener listener(HistoryRecorder recorder) {
    return recorder.listener(
        "binance", symbol -> symbol.equals("NIFTY") ? Origin.SIMULATED : Origin.LIVE);
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "waited too long");
      Thread.onSpinWait();
    }
  }

  private static Bar bar(Frame frame, long time, Bar.State state) {
    BigDecimal price = new BigDecimal("100.50");
    return new Bar(frame, time, new Ohlc(price, price, price, price), null, 1, state);
  }

  private static HistoryRow row(long time) {
    return new HistoryRow.OfBar(PAIRS, bar(Frame.MINUTE, time, Bar.State.CLOSED));
  }

  private static HistoryRow.OfTick tick(long time, int ordinal) {
    return new HistoryRow.OfTick(
        PAIRS, time, Tick.NO_ID, ordinal, new BigDecimal("1.0"), BigDecimal.ONE, Side.BUY);
  }

  private static Tick.Trade trade(long time, long id) {
    return new Tick.Trade(
        PAIR, new Times(time, time), id, new BigDecimal("1.0"), BigDecimal.ONE, Side.BUY, null);
  }

  @Test
  void closedBarsOfTheFramesAreKept() {
    MarketListener listener = listener(recorder(false, 100));
    Bar.State amended = new Bar.State(true, 1, false);
    listener.onEvent(event(bar(Frame.MINUTE, T, Bar.State.FORMING)));
    listener.onEvent(event(bar(Frame.MINUTE, T, Bar.State.CLOSED)));
    listener.onEvent(event(bar(Frame.parse("5m"), T, Bar.State.CLOSED)));
    listener.onEvent(event(bar(Frame.MINUTE, T, amended)));
    await(() -> history.rows().size() == 2);
    assertEquals(
        List.of(row(T), new HistoryRow.OfBar(PAIRS, bar(Frame.MINUTE, T, amended))),
        history.rows());
  }

  private static MarketEvent event(Bar bar) {
    return new MarketEvent.BarChanged(PAIR, Times.UNKNOWN, bar);
  }

  @Test
  void ticksAreKeptOnlyIfAskedFor() {
    HistoryRecorder recorder = recorder(false, 100);
    Market market = Market.of(listener(recorder));
    market.onTick(trade(T, 7));
    recorder.add(row(T));
    await(() -> !history.rows().isEmpty());
    assertEquals(List.of(row(T)), history.rows());
  }

  /** A session whose begin is unknown, as in a recording, is none that could be counted from. */
  @Test
  void sessionsThatTheSourceBeginsAreKept() {
    MarketListener listener = listener(recorder(false, 100));
    listener.onEvent(session(Times.UNKNOWN));
    listener.onEvent(session(new Times(T, T + 1)));
    await(() -> !history.rows().isEmpty());
    assertEquals(List.of(new HistoryRow.OfFigure(INDICES, Figure.SESSION, T, 1)), history.rows());
  }

  private static MarketEvent session(Times times) {
    return new MarketEvent.SessionStarted(new Tick.SessionStart(INDEX, times, null));
  }

  @Test
  void tradesWithoutIdAreNumberedWithinTheirTime() {
    Market market = Market.of(listener(recorder(true, 100)));
    market.onTick(trade(T, Tick.NO_ID));
    market.onTick(trade(T, Tick.NO_ID));
    market.onTick(trade(T + 1, Tick.NO_ID));
    market.onTick(trade(T, Tick.NO_ID));
    market.onTick(new Tick.IndexValue(INDEX, new Times(T + 2, 0), new BigDecimal("24321.45")));
    HistoryRow.OfTick index =
        new HistoryRow.OfTick(
            INDICES, T + 2, Tick.NO_ID, 0, new BigDecimal("24321.45"), null, null);
    await(() -> history.rows().size() == 5);
    assertEquals(
        List.of(tick(T, 0), tick(T, 1), tick(T + 1, 0), tick(T, 1 << 24), index), history.rows());
  }

  @Test
  void tradesKeepTheirIds() {
    Market market = Market.of(listener(recorder(true, 100)));
    market.onTick(trade(T, 77));
    await(() -> !history.rows().isEmpty());
    assertEquals(
        List.of(
            new HistoryRow.OfTick(
                PAIRS, T, 77, 0, new BigDecimal("1.0"), BigDecimal.ONE, Side.BUY)),
        history.rows());
  }

  @Test
  void rowsWaitWhileTheStoreIsAwayAndKeepTheirOrder() {
    HistoryRecorder recorder = recorder(false, 1_000);
    history.away(true);
    List<HistoryRow> rows = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      rows.add(row(T + i));
      recorder.add(row(T + i));
    }
    await(() -> recorder.report().problem() != null);
    assertEquals("nobody is there", recorder.report().problem());
    await(() -> recorder.report().lagMillis() > 0);
    assertEquals(500, recorder.report().waiting());
    history.away(false);
    await(() -> recorder.report().waiting() == 0);
    assertEquals(rows, history.rows());
    assertNull(recorder.report().problem());
    assertEquals(0, recorder.report().dropped());
    assertEquals(0, recorder.report().lagMillis());
  }

  @Test
  void rowsWithoutRoomAreCountedByKind() {
    HistoryRecorder recorder = recorder(true, 10);
    history.away(true);
    recorder.add(row(T));
    await(() -> recorder.report().problem() != null);
    for (int i = 0; i < 25; i++) {
      recorder.add(tick(T, i));
    }
    recorder.add(row(T + 1));
    assertEquals(15, recorder.droppedTicks());
    assertEquals(0, recorder.droppedOthers());
    assertEquals(12, recorder.report().waiting());
    history.away(false);
    await(() -> recorder.report().waiting() == 0);
    assertEquals(12, recorder.report().stored());
  }

  private static HistoryRow.OfChain chain(long time, byte[] json) {
    return new HistoryRow.OfChain(INDICES, LocalDate.of(2026, 12, 29), time, json);
  }

  @Test
  void chainsWaitUpToANumberOfBytesAndCrowdOutNothing() {
    HistoryRecorder recorder = recorder(true, 10);
    history.away(true);
    byte[] quarter = new byte[RecorderRules.MAX_CHAIN_BYTES / 4];
    for (int i = 0; i < 6; i++) {
      recorder.add(chain(T + i, quarter));
    }
    recorder.add(row(T));
    recorder.add(tick(T, 0));
    assertEquals(2, recorder.droppedChains());
    assertEquals(0, recorder.droppedTicks() + recorder.droppedOthers());
    assertEquals(2, recorder.report().dropped());
    assertEquals(6, recorder.report().waiting());
    history.away(false);
    await(() -> recorder.report().waiting() == 0);
    assertEquals(
        List.of(T, T + 1, T + 2, T + 3, T, T),
        history.rows().stream().map(HistoryRow::time).toList());
    recorder.add(chain(T + 9, quarter));
    await(() -> recorder.report().stored() == 7);
    assertEquals(2, recorder.droppedChains());
  }

  private static void tell(MarketListener listener, long time, double iv, IndexFlag... flags) {
    IndexFigure cm30 = new IndexFigure(iv, List.of(flags));
    VolatilityReading reading =
        new VolatilityReading(
            "NIFTY",
            time,
            IndexMethod.INDIA,
            cm30,
            new IndexFigure(null, List.of()),
            2,
            0,
            List.of());
    listener.onEvent(new MarketEvent.VolatilityIndexChanged(INDEX, Times.UNKNOWN, reading));
  }

  private static HistoryRow.OfFigure figure(Figure figure, long time, double value) {
    return new HistoryRow.OfFigure(INDICES, figure, time, value);
  }

  @Test
  void volatilityOfADayIsThatOfItsLastFreshQuotes() {
    MarketListener listener = listener(recorder(false, 100));
    long day = T - T % 86_400_000;
    long minute = T - T % 60_000;
    tell(listener, T, 12.5);
    tell(listener, T + 1_000, 12.5, IndexFlag.STALE);
    await(() -> history.rows().size() == 3);
    assertEquals(
        List.of(
            figure(Figure.CM30, minute, 12.5),
            figure(Figure.ATM_IV, day, 12.5),
            figure(Figure.CM30, minute, 12.5)),
        history.rows());
  }

  @Test
  void rowsThatTheStoreRefusesDoNotHoldUpOthers() {
    HistoryRecorder recorder = recorder(false, 1_000);
    history.away(true);
    recorder.add(row(T));
    recorder.add(row(T - 2));
    recorder.add(row(T + 1));
    recorder.add(row(T - 1));
    history.refuseBefore(T);
    history.away(false);
    await(() -> recorder.report().waiting() == 0);
    assertEquals(List.of(row(T), row(T + 1)), history.rows());
    assertEquals(2, recorder.report().refused());
  }

  @Test
  void whatWaitsIsStoredAtTheEnd() {
    HistoryRecorder recorder = recorder(false, 1_000);
    recorder.add(row(T));
    recorder.close();
    assertEquals(List.of(row(T)), history.rows());
  }

  @Test
  void endDoesNotWaitForAStoreThatIsAway() {
    HistoryRecorder recorder = recorder(false, 1_000);
    history.away(true);
    recorder.add(row(T));
    await(() -> recorder.report().problem() != null);
    recorder.close();
    assertNotNull(recorder.report().problem());
    assertEquals(List.of(), history.rows());
  }

  @Test
  void retentionIsAppliedWhenTheStoreIsThere() {
    history.away(true);
    HistoryRecorder recorder = recorder(false, 10);
    await(() -> recorder.report().problem() != null);
    history.away(false);
    await(() -> !history.kept().isEmpty());
    assertEquals(List.of(RETENTION), history.kept());
    await(() -> recorder.report().problem() == null);
  }
}
