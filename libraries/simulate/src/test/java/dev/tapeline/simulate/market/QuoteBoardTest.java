package dev.tapeline.simulate.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.simulate.Scripted;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QuoteBoardTest {

  private final QuoteBoard board = new QuoteBoard(Scripted.source().instruments());

  private QuoteState quote() {
    QuoteState quote = board.quote("NSE_EQ:1333");
    assertNotNull(quote);
    return quote;
  }

  private static Tick trade(long id, String price, String quantity) {
    return Scripted.trade(Scripted.HDFCBANK, id, price, quantity);
  }

  @Test
  void foldsTheTicksOfADay() {
    assertNull(quote().last());
    board.apply(Scripted.open(Scripted.HDFCBANK, "1650"));
    board.apply(trade(1, "1640", "10"));
    board.apply(trade(2, "1660", "30"));
    board.apply(trade(3, "1650", "10"));
    DayState day = quote().day();
    assertEquals(
        List.of("1640", "1660", "1640", "1650", "50", "1654.00000000"),
        List.of(
            "" + day.open(),
            "" + day.high(),
            "" + day.low(),
            "" + day.prevClose(),
            "" + day.volume(),
            "" + day.average()));
    assertEquals(new BigDecimal("1650"), board.lastPrice("NSE_EQ:1333"));
    board.apply(Scripted.open(Scripted.HDFCBANK, "1655"));
    assertNull(day.open());
    assertEquals(BigDecimal.ZERO, day.volume());
    assertEquals(new BigDecimal("1650"), quote().last());
  }

  @Test
  void keepsMinutesAndTheNewestTrades() {
    for (int i = 0; i < QuoteState.MAX_TRADES + 1; i++) {
      board.apply(trade(i, "1650", "1"));
    }
    assertEquals(QuoteState.MAX_TRADES, quote().trades().size());
    assertEquals(1, quote().trades().getFirst().id());
    assertEquals(1, quote().bars().size());
    assertEquals(QuoteState.MAX_TRADES + 1, quote().bars().getFirst().trades());
  }

  @Test
  void ignoresWhatIsNotTraded() {
    QuoteBoard none = new QuoteBoard(List.of());
    none.apply(trade(1, "1650", "1"));
    assertNull(none.quote("NSE_EQ:1333"));
    assertNull(none.lastPrice("NSE_EQ:1333"));
  }

  @Test
  void deepBooksGoOnTickByTickAndNeverToZero() {
    board.apply(
        Scripted.snapshot(
            Scripted.HDFCBANK,
            1,
            List.of(Level.of("0.15", "300"), Level.of("0.10", "7")),
            List.of(Level.of("0.20", "1"))));
    assertEquals(
        List.of("0.15", "0.10", "0.05"),
        DeepBook.bids(quote(), 20).stream().map(level -> level.price().toPlainString()).toList());
    assertEquals(20, DeepBook.asks(quote(), 20).size());
    assertEquals(4, DeepBook.orders(Level.of("1", "300")));
    assertEquals(0, DeepBook.orders(Level.of("1", "0")));
  }

  @Test
  void aFastClockRunsFromItsStart() {
    AtomicLong now = new AtomicLong(1000);
    SpeedClock clock = new SpeedClock(() -> Instant.ofEpochMilli(now.get()), 10);
    now.set(1500);
    assertEquals(6000, clock.millis());
    assertThrows(IllegalArgumentException.class, () -> new SpeedClock(Instant::now, 0));
    assertThrows(IllegalArgumentException.class, () -> new SpeedClock(Instant::now, 51));
  }

  @Test
  void aFastClockMayStartInThePastAndReachThePresent() {
    AtomicLong now = new AtomicLong(100_000);
    SpeedClock clock =
        new SpeedClock(() -> Instant.ofEpochMilli(now.get()), 10, Duration.ofSeconds(50));
    assertEquals(55_000, clock.millis());
    now.addAndGet(5_000);
    assertEquals(105_000, clock.millis());
    assertEquals(105_000, new SpeedClock(clock, 0.5, Duration.ofSeconds(50)).millis());
  }

  @Test
  void aHaltKeepsBatchesBackAndNoneIsLost() {
    List<List<Tick>> received = new ArrayList<>();
    TickHandover handover = new TickHandover(_ -> true, Runnable::run, received::add);
    handover.halt();
    for (int i = 1; i <= 3; i++) {
      handover.onTick(trade(i, "1", "1"));
      handover.onBatchEnd();
    }
    assertEquals(List.of(), received);
    handover.resume();
    assertEquals(
        List.of(
            List.of(trade(1, "1", "1")), List.of(trade(2, "1", "1")), List.of(trade(3, "1", "1"))),
        received);
  }

  @Test
  void ticksOfOthersAreNotHandedOver() {
    List<List<Tick>> received = new ArrayList<>();
    TickHandover handover = new TickHandover(_ -> false, Runnable::run, received::add);
    handover.onTick(trade(1, "1", "1"));
    handover.onBatchEnd();
    assertEquals(List.of(), received);
  }

  @Test
  void batchesAreHandedOverWhole() {
    List<List<Tick>> received = new ArrayList<>();
    TickHandover handover = new TickHandover(_ -> true, Runnable::run, received::add);
    handover.onBatchEnd();
    handover.onTick(trade(1, "1", "1"));
    handover.onTick(trade(2, "1", "1"));
    handover.onBatchEnd();
    assertEquals(List.of(List.of(trade(1, "1", "1"), trade(2, "1", "1"))), received);
  }

  @Test
  void thePastIsOpenInTradingHoursAndAlwaysTheSame() {
    SyntheticPast past = new SyntheticPast(new BigDecimal("1650"), true);
    long friday = Instant.parse("2025-07-25T00:00:00Z").toEpochMilli();
    long monday = Instant.parse("2025-07-28T00:00:00Z").toEpochMilli();
    List<MinuteBar> bars = past.bars(friday, monday, 1);
    assertEquals(375, bars.size());
    assertEquals(Instant.parse("2025-07-25T03:45:00Z").toEpochMilli(), bars.getFirst().start());
    assertEquals(bars, past.bars(friday, monday, 1));
    assertEquals(bars.get(0).close(), bars.get(1).open());
  }
}
