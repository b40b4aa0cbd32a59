package dev.tapeline.feed.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.binance.BookSync.Loss;
import dev.tapeline.feed.binance.BookSync.Outcome;
import dev.tapeline.market.book.OrderBook;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.BestPrice;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BookSyncTest {

  private static final Instrument PAIR = Instrument.binance("BTCUSDT");
  private static final int COUNT = 5;
  private static final int LIMIT = 20;

  private final List<Loss> losses = new ArrayList<>();
  private final List<Tick> out = new ArrayList<>();
  private final BookSync sync = new BookSync(COUNT, BookSync.Shown.NOTHING, losses::add);

  @Test
  void aFirstChangeThatBeginsRightAfterTheSnapshotJoins() {
    change(101, 103, List.of(Level.of("9", "1")), List.of());
    assertEquals(Outcome.TAKEN, snapshot(100, List.of(Level.of("8", "1")), asks("11")));
    assertEquals(List.of("whole 103 [9, 8] [11]"), shown());
  }

  @Test
  void aFirstChangeThatSpansTheSnapshotJoins() {
    change(90, 103, List.of(Level.of("9", "1")), List.of());
    assertEquals(Outcome.TAKEN, snapshot(100, List.of(), asks("11")));
    assertEquals(List.of("whole 103 [9] [11]"), shown());
  }

  @Test
  void aSnapshotFromBeforeTheFirstChangeIsTooOldAndTheChangesAreKept() {
    change(101, 103, List.of(Level.of("9", "1")), List.of());
    change(104, 104, List.of(Level.of("7", "1")), List.of());
    assertEquals(Outcome.TOO_OLD, snapshot(99, List.of(), asks("11")));
    assertTrue(sync.isSnapshotWanted());
    assertEquals(Outcome.TAKEN, snapshot(100, List.of(), asks("11")));
    assertEquals(List.of("whole 104 [9, 7] [11]"), shown());
  }

  @Test
  void aSnapshotWithoutChangesIsTakenAndLaterOnesAreFollowed() {
    assertEquals(Outcome.TAKEN, snapshot(100, List.of(Level.of("8", "1")), asks("11")));
    change(99, 100, List.of(Level.of("9", "1")), List.of());
    change(101, 101, List.of(Level.of("9.5", "1")), List.of());
    assertEquals(List.of("whole 100 [8] [11]", "change 101 [9.5] []"), shown());
    assertEquals(List.of(), losses);
  }

  @Test
  void afterAGapNothingIsShownUntilTheWholeBookIs() {
    snapshot(100, List.of(Level.of("8", "1")), asks("11"));
    change(102, 103, List.of(Level.of("9", "1")), List.of());
    change(104, 104, List.of(Level.of("9.5", "1")), List.of());
    assertFalse(sync.isInStep());
    assertEquals(List.of(Loss.GAP), losses);
    assertEquals(Outcome.TOO_OLD, snapshot(100, List.of(), asks("11")));
    assertEquals(Outcome.TAKEN, snapshot(101, List.of(Level.of("8", "1")), asks("11")));
    assertEquals(List.of("whole 100 [8] [11]", "whole 104 [9.5, 9, 8] [11]"), shown());
  }

  @Test
  void zerosOfAnyLengthRemoveALevel() {
    snapshot(100, List.of(Level.of("9.0", "1"), Level.of("8", "1")), asks("11"));
    change(101, 101, List.of(Level.of("9.00000000", "0.00000000")), List.of());
    change(102, 102, List.of(Level.of("8", "2")), List.of());
    assertEquals(
        List.of("whole 100 [9.0, 8] [11]", "change 101 [9.00000000] []", "change 102 [8] []"),
        shown());
    assertEquals(List.of(Level.of("8", "2")), received(out).bids(10));
  }

  @Test
  void levelsBeyondTheSnapshotAreNeverShown() {
    List<Level> bids = new ArrayList<>();
    for (int price = 100; price > 80; price--) {
      bids.add(Level.of(String.valueOf(price), "1"));
    }
    snapshot(1, bids, asks("101"));
    change(2, 2, List.of(Level.of("80", "7"), Level.of("10", "7")), List.of());
    for (int id = 3; id <= 18; id++) { // the best levels go, down to the end of what is known
      change(id, id, List.of(Level.of(String.valueOf(103 - id), "0")), List.of());
    }
    List<Level> shown = received(out).bids(100);
    assertEquals(List.of("84", "83", "82", "81"), prices(shown));
    assertTrue(sync.isSnapshotWanted(), "there must be more than what is known");
    assertTrue(sync.isInStep(), "what is known is right");
  }

  @Test
  void aSideOfWhichNothingIsKnownIsNotShownAsEmpty() {
    levelsBeyondTheSnapshotAreNeverShown();
    for (int id = 19; id <= 22; id++) {
      change(id, id, List.of(Level.of(String.valueOf(103 - id), "0")), List.of());
    }
    assertEquals("change 21 [82] []", shown().getLast());
    assertEquals(List.of(Loss.RANGE), losses);
    assertEquals(Outcome.TOO_OLD, snapshot(20, List.of(Level.of("80", "7")), asks("101")));
    assertEquals(Outcome.TAKEN, snapshot(21, List.of(Level.of("80", "7")), asks("101")));
  }

  @Test
  void aBookThatIsShortIsFollowedUntilTheNextSnapshotIsComplete() {
    levelsBeyondTheSnapshotAreNeverShown();
    change(19, 20, List.of(Level.of("84", "3")), List.of());
    assertEquals(
        Outcome.TAKEN,
        snapshot(19, List.of(Level.of("84", "3"), Level.of("80", "7")), asks("101")));
    assertEquals("whole 20 [84, 80] [101]", shown().getLast());
    assertFalse(sync.isSnapshotWanted());
    assertEquals(List.of(), losses);
  }

  @Test
  void aCrossedBookIsGivenUp() {
    snapshot(100, List.of(Level.of("8", "1")), asks("11"));
    change(101, 101, List.of(Level.of("12", "1")), List.of());
    assertEquals(List.of(Loss.CROSSED), losses);
    assertEquals(Outcome.IMPOSSIBLE, snapshot(101, List.of(Level.of("12", "1")), asks("11")));
    assertEquals(Outcome.TAKEN, snapshot(102, List.of(Level.of("12", "1")), asks("13")));
    assertEquals(List.of("whole 100 [8] [11]", "whole 102 [12] [13]"), shown());
  }

  @Test
  void aBookThatDiffersFromThreeQuotesInARowIsGivenUp() {
    snapshot(100, List.of(Level.of("8", "1")), asks("11"));
    for (int id = 101; id <= 103; id++) {
      assertTrue(sync.isInStep(), "at " + id);
      quote(id, "8.5");
      change(id, id, List.of(Level.of("2", "1")), List.of());
    }
    quote(104, "8.5");
    assertFalse(sync.isInStep());
    assertEquals(List.of(Loss.QUOTE), losses);
    assertEquals(Outcome.TOO_OLD, snapshot(102, List.of(Level.of("8.5", "1")), asks("11")));
    assertEquals(Outcome.TAKEN, snapshot(103, List.of(Level.of("8.5", "1")), asks("11")));
  }

  @Test
  void aBookThatHasTheQuotesStays() {
    snapshot(100, List.of(Level.of("8", "1")), asks("11"));
    for (int id = 101; id <= 140; id++) {
      String price = "8." + id;
      quote(id, price);
      change(id, id, List.of(Level.of(price, "1")), List.of());
    }
    assertTrue(sync.isInStep());
    assertEquals(List.of(), losses);
  }

  @Test
  void aSnapshotThatNobodyWantsIsLeftOut() {
    snapshot(100, List.of(Level.of("8", "1")), asks("11"));
    change(101, 101, List.of(Level.of("9", "1")), List.of());
    assertEquals(Outcome.UNWANTED, snapshot(101, List.of(Level.of("9", "1")), asks("11")));
    assertEquals(2, out.size());
  }

  @Test
  void aNewerSnapshotOfAQuietBookReplacesIt() {
    snapshot(100, List.of(Level.of("8", "1")), asks("11"));
    assertEquals(Outcome.TAKEN, snapshot(140, List.of(Level.of("9", "1")), asks("11")));
    assertEquals(List.of("whole 100 [8] [11]", "whole 140 [9] [11]"), shown());
  }

  @Test
  void noOlderBookThanWasShownBeforeIsShown() {
    BookSync again = new BookSync(COUNT, new BookSync.Shown(100, 0), losses::add);
    Tick.Depth old = new Tick.Depth(PAIR, Times.UNKNOWN, true, 99, 99, List.of(), asks("11"), null);
    assertEquals(Outcome.TOO_OLD, again.onSnapshot(old, LIMIT, out::add));
    again.onChange(
        new Tick.Depth(PAIR, Times.UNKNOWN, false, 90, 99, List.of(), asks("11"), null), out::add);
    assertEquals(Outcome.TOO_OLD, again.onSnapshot(old, LIMIT, out::add));
    again.onChange(
        new Tick.Depth(PAIR, Times.UNKNOWN, false, 100, 100, List.of(), asks("12"), null),
        out::add);
    assertEquals(Outcome.TAKEN, again.onSnapshot(old, LIMIT, out::add));
    assertEquals(List.of("whole 100 [] [11, 12]"), shown());
  }

  @Test
  void theChangesThatAreKeptHaveALimit() {
    for (int id = 1; id <= ChangeBuffer.MAX_CHANGES + 10; id++) {
      change(id, id, List.of(Level.of("8", String.valueOf(id))), List.of());
    }
    assertEquals(Outcome.TOO_OLD, snapshot(9, List.of(), asks("11")));
    assertEquals(Outcome.TAKEN, snapshot(10, List.of(), asks("11")));
  }

  /**
   * A book that changes at random, cut into events at random, which are lost, doubled and mixed up,
   * with snapshots from any moment that arrive at any later one. Whenever the book is in step, the
   * levels of whoever follows what is shown are the exchange's.
   */
  @Property(tries = 400)
  void aBookInStepIsTheExchanges(@ForAll long seed) {
    Random random = new Random(seed);
    TrueBook book = new TrueBook(random);
    BookSync sync = new BookSync(COUNT, BookSync.Shown.NOTHING, _ -> {});
    OrderBook follower = new OrderBook(OrderBook.Start.SNAPSHOT);
    Deque<Tick.Depth> onTheWay = new ArrayDeque<>();
    long told = 0;
    int inStep = 0;
    Tick.Depth latest = null;
    for (int step = 0; step < 600; step++) {
      book.change();
      if (random.nextInt(3) == 0) {
        latest = book.event(told + 1, book.lastId());
        told = book.lastId();
        for (Tick.Depth event : mishap(random, latest, book)) {
          sync.onChange(event, tick -> follower.apply((Tick.Depth) tick));
        }
      }
      if (random.nextInt(10) == 0) {
        onTheWay.add(book.snapshot(1 + random.nextLong(book.lastId()), LIMIT));
      }
      if (random.nextInt(10) == 0) {
        onTheWay.add(book.snapshot(book.lastId(), LIMIT));
      }
      if (!onTheWay.isEmpty() && random.nextInt(4) == 0) {
        sync.onSnapshot(onTheWay.removeFirst(), LIMIT, tick -> follower.apply((Tick.Depth) tick));
      }
      if (sync.isInStep()) {
        inStep++;
        long id = follower.lastId();
        assertTrue(follower.isWhole());
        assertLevels(book.bids(id, COUNT), follower.bids(COUNT), sync, step);
        assertLevels(book.asks(id, COUNT), follower.asks(COUNT), sync, step);
      }
    }
    assertTrue(inStep > 0, "never in step");
  }

  /**
   * What comes of an event: mostly itself; sometimes nothing, or it twice, or with an older one.
   */
  private static List<Tick.Depth> mishap(Random random, Tick.Depth event, TrueBook book) {
    long older = Math.max(1, event.firstId() - 1 - random.nextInt(5));
    return switch (random.nextInt(40)) {
      case 0 -> List.of();
      case 1 -> List.of(event, event);
      case 2 -> List.of(event, book.event(older, event.firstId()));
      case 3 -> List.of(book.event(older, event.lastId()));
      case 4 -> List.of(book.event(older, event.firstId()), event);
      default -> List.of(event);
    };
  }

  /** Fewer levels than asked for are right only where no more are known, and one is wanted. */
  private static void assertLevels(
      List<Level> expected, List<Level> actual, BookSync sync, int step) {
    if (sync.isSnapshotWanted() && actual.size() < expected.size()) {
      assertEquals(expected.subList(0, actual.size()), actual, "at " + step);
    } else {
      assertEquals(expected, actual, "at " + step);
    }
  }

  private void change(long first, long last, List<Level> bids, List<Level> asks) {
    Times times = new Times(last, last);
    sync.onChange(new Tick.Depth(PAIR, times, false, first, last, bids, asks, null), out::add);
  }

  private Outcome snapshot(long id, List<Level> bids, List<Level> asks) {
    Tick.Depth snapshot = new Tick.Depth(PAIR, new Times(0, 1), true, id, id, bids, asks, null);
    return sync.onSnapshot(snapshot, LIMIT, out::add);
  }

  private void quote(long id, String bid) {
    sync.onQuote(
        new Tick.Quote(
            PAIR,
            Times.UNKNOWN,
            id,
            BestPrice.of(Level.of(bid, "1")),
            BestPrice.of(Level.of("11", "1"))));
  }

  private static List<Level> asks(String price) {
    return List.of(Level.of(price, "1"));
  }

  private List<String> shown() {
    return out.stream().map(Tick.Depth.class::cast).map(BookSyncTest::text).toList();
  }

  private static String text(Tick.Depth depth) {
    return "%s %d %s %s"
        .formatted(
            depth.snapshot() ? "whole" : "change",
            depth.lastId(),
            prices(depth.bids()),
            prices(depth.asks()));
  }

  private static List<String> prices(List<Level> levels) {
    return levels.stream().map(level -> level.price().toPlainString()).toList();
  }

  private static OrderBook received(List<Tick> ticks) {
    OrderBook book = new OrderBook(OrderBook.Start.SNAPSHOT);
    ticks.forEach(tick -> book.apply((Tick.Depth) tick));
    return book;
  }
}
