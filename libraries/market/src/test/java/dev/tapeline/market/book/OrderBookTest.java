package dev.tapeline.market.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class OrderBookTest {

  private static final Instrument BTC = Instrument.binance("BTCUSDT");

  private final OrderBook book = new OrderBook(OrderBook.Start.SNAPSHOT);

  @Test
  void zeroTakesALevelAwayHoweverItIsWritten() {
    book.apply(snapshot(5, "100.0 2, 99.0 1", "101.0 4"));
    assertEquals(OrderBook.Outcome.APPLIED, book.apply(change(6, 6, "100.00 0.000", "101 0")));
    assertEquals(levels("99.0 1"), book.bids(10));
    assertEquals(List.of(), book.asks(10));
  }

  @Test
  void bestIsFirstOnBothSides() {
    book.apply(snapshot(5, "99 1, 100 2, 98 3", "103 1, 101 2, 102 3"));
    assertEquals(levels("100 2, 99 1"), book.bids(2));
    assertEquals(levels("101 2, 102 3"), book.asks(2));
    assertEquals(Level.of("100", "2"), book.bids(1).getFirst());
    assertEquals(Level.of("101", "2"), book.asks(1).getFirst());
  }

  @Test
  void changesBeforeTheSnapshotWaitAndJoinIt() {
    assertEquals(OrderBook.Outcome.WAITING, book.apply(change(1, 10, "1 1", "")));
    assertEquals(OrderBook.Outcome.WAITING, book.apply(change(11, 20, "2 2", "")));
    assertEquals(OrderBook.Outcome.WAITING, book.apply(change(21, 22, "3 3", "")));
    assertFalse(book.isWhole());
    assertEquals(OrderBook.Outcome.REPLACED, book.apply(snapshot(15, "7 7", "9 9")));
    assertEquals(levels("7 7, 3 3, 2 2"), book.bids(10));
    assertEquals(22, book.lastId());
    assertEquals(OrderBook.Outcome.APPLIED, book.apply(change(23, 24, "4 4", "")));
  }

  @Test
  void aSnapshotOlderThanTheBookIsBroughtUpToDate() {
    book.apply(snapshot(10, "1 1", "9 9"));
    book.apply(change(11, 12, "2 2", ""));
    book.apply(change(13, 14, "3 3", ""));
    assertEquals(OrderBook.Outcome.REPLACED, book.apply(snapshot(12, "5 5, 2 2", "9 9")));
    assertEquals(levels("5 5, 3 3, 2 2"), book.bids(10));
    assertEquals(14, book.lastId());
  }

  @Test
  void aHoleInTheIdsVoidsTheBookUntilASnapshotThatJoins() {
    book.apply(snapshot(10, "1 1", "9 9"));
    assertEquals(OrderBook.Outcome.GAP, book.apply(change(12, 13, "2 2", "")));
    assertFalse(book.isWhole());
    assertEquals(List.of(), book.bids(10));
    assertEquals(OrderBook.Outcome.WAITING, book.apply(change(14, 15, "3 3", "")));
    assertEquals(OrderBook.Outcome.GAP, book.apply(snapshot(10, "1 1", "9 9")));
    assertFalse(book.isWhole());
    assertEquals(OrderBook.Outcome.REPLACED, book.apply(snapshot(13, "7 7", "9 9")));
    assertEquals(levels("7 7, 3 3"), book.bids(10));
    assertEquals(2, book.gaps());
  }

  @Test
  void whatIsOlderThanTheBookIsLeftOut() {
    book.apply(snapshot(10, "1 1", "9 9"));
    assertEquals(OrderBook.Outcome.STALE, book.apply(change(8, 10, "2 2", "")));
    assertEquals(levels("1 1"), book.bids(10));
  }

  @Test
  void changesWithoutIdsNeedNoSnapshot() {
    assertEquals(OrderBook.Outcome.APPLIED, book.apply(change(0, 0, "2 2", "3 3")));
    assertEquals(OrderBook.Outcome.APPLIED, book.apply(change(0, 0, "1 1", "3 0")));
    assertTrue(book.isWhole());
    assertEquals(levels("2 2, 1 1"), book.bids(10));
    assertEquals(List.of(), book.asks(10));
  }

  @Test
  void aBookFromEmptyBeginsAnywhereAndAnewAtOne() {
    OrderBook fromEmpty = new OrderBook(OrderBook.Start.EMPTY);
    assertEquals(OrderBook.Outcome.APPLIED, fromEmpty.apply(change(70, 71, "2 2", "")));
    assertEquals(OrderBook.Outcome.APPLIED, fromEmpty.apply(change(72, 72, "3 3", "")));
    assertEquals(OrderBook.Outcome.GAP, fromEmpty.apply(change(74, 74, "4 4", "")));
    assertEquals(OrderBook.Outcome.APPLIED, fromEmpty.apply(change(1, 1, "5 5", "")));
    assertEquals(levels("5 5"), fromEmpty.bids(10));
  }

  @Test
  void resetForgetsWhatWaits() {
    book.apply(change(11, 12, "2 2", ""));
    book.reset();
    assertEquals(OrderBook.Outcome.REPLACED, book.apply(snapshot(5, "1 1", "9 9")));
    assertEquals(levels("1 1"), book.bids(10));
  }

  @Test
  void keepsOnlyTheNewestThatWait() {
    for (int id = 1; id <= OrderBook.MAX_RECENT + 10; id++) {
      book.apply(change(id, id, id + " 1", ""));
    }
    assertEquals(OrderBook.Outcome.GAP, book.apply(snapshot(5, "", "")));
    assertEquals(OrderBook.Outcome.REPLACED, book.apply(snapshot(10, "", "")));
    assertEquals(OrderBook.MAX_RECENT, book.bids(1000).size());
  }

  @Test
  void aSideHasABoundAndLosesItsWorst() {
    book.apply(
        new Tick.Depth(
            BTC,
            Times.UNKNOWN,
            true,
            1,
            1,
            IntStream.rangeClosed(1, 20_010).mapToObj(i -> Level.of("" + i, "1")).toList(),
            List.of(),
            null));
    assertEquals(20_000, book.bids(30_000).size());
    assertEquals(10, book.trimmed());
    assertEquals(Level.of("20010", "1"), book.bids(1).getFirst());
    assertEquals(Level.of("11", "1"), book.bids(30_000).getLast());
  }

  /** The law: the book is what a naive model of two maps, changed level by level, has. */
  @Property(tries = 300)
  void equalsTheNaiveModel(
      @ForAll("changes") List<List<Level>> bidChanges,
      @ForAll("changes") List<List<Level>> askChanges,
      @ForAll @IntRange(min = 0, max = 12) int snapshotAt) {
    int count = Math.min(bidChanges.size(), askChanges.size());
    int cut = Math.min(snapshotAt, count);
    Map<Integer, Integer> bids = new TreeMap<>();
    Map<Integer, Integer> asks = new TreeMap<>();
    OrderBook built = new OrderBook(OrderBook.Start.SNAPSHOT);
    built.apply(snapshot(1000, "", ""));
    for (int i = 0; i < count; i++) {
      bidChanges.get(i).forEach(level -> model(bids, level));
      askChanges.get(i).forEach(level -> model(asks, level));
      long id = 1001 + 3L * i;
      Tick.Depth change =
          new Tick.Depth(
              BTC, Times.UNKNOWN, false, id, id + 2, bidChanges.get(i), askChanges.get(i), null);
      assertEquals(OrderBook.Outcome.APPLIED, built.apply(change));
      if (i == cut) {
        built.apply(rendered(built));
      }
    }
    assertEquals(sorted(bids, true), built.bids(1000));
    assertEquals(sorted(asks, false), built.asks(1000));
  }

  @Provide
  Arbitrary<List<List<Level>>> changes() {
    Arbitrary<Level> level =
        Combinators.combine(
                Arbitraries.integers().between(1, 12), Arbitraries.integers().between(0, 3))
            .as((price, quantity) -> Level.of("" + price, "" + quantity));
    return level.list().ofMaxSize(6).list().ofMaxSize(30);
  }

  private static Tick.Depth rendered(OrderBook book) {
    return new Tick.Depth(
        BTC,
        Times.UNKNOWN,
        true,
        book.lastId(),
        book.lastId(),
        book.bids(1000),
        book.asks(1000),
        null);
  }

  private static void model(Map<Integer, Integer> side, Level level) {
    int price = level.price().intValueExact();
    int quantity = level.quantity().intValueExact();
    if (quantity == 0) {
      side.remove(price);
    } else {
      side.put(price, quantity);
    }
  }

  private static List<Level> sorted(Map<Integer, Integer> side, boolean descending) {
    List<Level> levels = new ArrayList<>();
    side.forEach((price, quantity) -> levels.add(Level.of("" + price, "" + quantity)));
    return descending ? levels.reversed() : levels;
  }

  private static Tick.Depth snapshot(long id, String bids, String asks) {
    return new Tick.Depth(BTC, Times.UNKNOWN, true, id, id, levels(bids), levels(asks), null);
  }

  private static Tick.Depth change(long first, long last, String bids, String asks) {
    return new Tick.Depth(BTC, Times.UNKNOWN, false, first, last, levels(bids), levels(asks), null);
  }

  /** Levels written as {@code price quantity, price quantity}. */
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
