package dev.tapeline.feed.binance;

import static dev.tapeline.feed.binance.Conversation.A;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.Detail;
import dev.tapeline.market.book.OrderBook;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Tick;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A number with a wrong digit, far too high, does not stop a stream for good. */
class MisreadNumbersTest {

  private static final long FAR = 1_000_000;
  private static final long SECOND = 1000;

  @Test
  void tradesGoOnAfterThree() {
    Conversation talk = Conversation.of(Detail.QUOTE);
    talk.trade(A, 5);
    talk.trade(A, 6 + FAR);
    for (int id = 7; id <= 10; id++) {
      talk.pass(100);
      talk.trade(A, id);
    }
    assertEquals(
        List.of("trade 5", "trade 1000006", "trade 7", "trade 8", "trade 9", "trade 10"),
        talk.story("trade"));
    assertEquals(List.of("trades-lost", "trade-id"), talk.faults);
  }

  @Test
  void quotesGoOnAfterAWhile() {
    Conversation talk = Conversation.of(Detail.QUOTE);
    talk.quote(A, 5, "9", "11");
    talk.quote(A, 6 + FAR, "9", "11");
    talk.ticks.clear();
    for (int id = 7; id <= 14; id++) {
      talk.quote(A, id, "10", "11");
      talk.pass(SECOND);
    }
    assertEquals(3, talk.story("quote").size());
    assertEquals(List.of("misread"), talk.faults);
  }

  @Test
  void aBookIsFetchedAgainAndThoseWhoKeepItFollow() {
    Conversation talk = Conversation.of(Detail.BOOK);
    OrderBook follower = new OrderBook(OrderBook.Start.SNAPSHOT);
    talk.change(A, 101, 102, "9", "");
    talk.snapshot(100, "8", "11");
    talk.change(A, 103, 103 + FAR, "7", "");
    talk.take("");
    for (int id = 104; id <= 110; id++) {
      talk.change(A, id, id, "6", "");
      talk.pass(SECOND);
    }
    assertEquals(List.of("book-misread"), talk.faults);
    assertEquals(1, talk.take("call depth").size());
    talk.snapshot(110, "5", "11");
    talk.change(A, 111, 112, "4", "");
    talk.ticks.ticks().forEach(tick -> follower.apply((Tick.Depth) tick));
    assertTrue(follower.isWhole());
    assertTrue(follower.lastId() > 103 + FAR, () -> "at " + follower.lastId());
    assertEquals(
        List.of("5", "4"),
        follower.bids(9).stream().map(Level::price).map(BigDecimal::toPlainString).toList());
  }

  @Test
  void twoConnectionsOfWhichOneIsLateCorrectNothing() {
    Conversation talk = Conversation.of(Detail.QUOTE);
    for (int id = 50; id <= 100; id++) {
      talk.pass(SECOND);
      talk.quote(A, id, "10", "11");
      talk.quote(A, id - 40, "9", "11");
    }
    assertEquals(51, talk.story("quote").size());
    assertEquals(List.of(), talk.faults);
  }

  @Test
  void aStreamThatIsFarBehindASnapshotCorrectsNothing() {
    Conversation talk = Conversation.of(Detail.BOOK);
    talk.change(A, 101, 102, "9", "");
    talk.snapshot(120, "8", "11");
    for (int id = 103; id <= 121; id++) {
      talk.pass(SECOND);
      talk.change(A, id, id, "7", "");
    }
    assertEquals("change 121 [7] []", talk.story().getLast());
    assertEquals(List.of(), talk.faults);
  }
}
