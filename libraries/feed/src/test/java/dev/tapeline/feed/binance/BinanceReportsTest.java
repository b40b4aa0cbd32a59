package dev.tapeline.feed.binance;

import static dev.tapeline.feed.binance.Conversation.A;
import static dev.tapeline.feed.binance.Conversation.B;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.Detail;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.SocketEnd;
import dev.tapeline.market.book.OrderBook;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Tick;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The faults that users have reported of known clients, in the order of docs/vendors/binance.md.
 */
class BinanceReportsTest {

  /** 1: levels from beyond a snapshot's end stay for ever, and the book is wrong below its top. */
  @Test
  void staleLevelsBeyondTheSnapshotAreNotShown() {
    Conversation talk = Conversation.of(Detail.BOOK);
    talk.change(A, 101, 101, "", "");
    String bids =
        IntStream.range(0, 1000)
            .mapToObj(i -> "[\"%d\",\"1\"]".formatted(5000 - i))
            .reduce((one, other) -> one + "," + other)
            .orElseThrow();
    talk.answer(
        "depth:BTCUSDT:1000",
        200,
        "{\"lastUpdateId\":100,\"bids\":[%s],\"asks\":[[\"5001\",\"1\"]]}".formatted(bids));
    talk.ticks.clear();
    talk.change(A, 102, 102, "17", "");
    talk.change(A, 103, 103, "4999", "");
    assertEquals(List.of("change 102 [] []", "change 103 [4999] []"), talk.story());
  }

  /** 2: a crossed book, and minutes without data whenever a snapshot is fetched. */
  @Test
  void whileABookIsFetchedAgainTheOldOneStaysAndThenGoesAtOnce() {
    Conversation talk = inStep();
    talk.change(A, 103, 103, "12", "");
    assertEquals(List.of("book-crossed"), talk.faults);
    talk.change(A, 104, 105, "9", "");
    assertEquals(List.of(), talk.story());
    talk.pass(1100);
    talk.snapshot(104, "8", "13");
    assertEquals(List.of("whole 105 [9,8] [13]"), talk.story());
  }

  /** 3: an old connection that still sends makes everything come twice. */
  @Test
  void framesOfAClosedConnectionAreDropped() {
    Conversation talk = Conversation.of(Detail.QUOTE);
    talk.trade(A, 1);
    talk.broke(A);
    talk.trade(A, 2);
    assertEquals(List.of("trade 1"), talk.story());
    assertEquals(List.of("closed-socket"), talk.faults);
  }

  /** 4: changes are thrown away when a snapshot is too old, so that none ever fits. */
  @Test
  void changesAreKeptWhileSnapshotsAreTooOld() {
    Conversation talk = Conversation.of(Detail.BOOK);
    talk.change(A, 101, 105, "9", "");
    for (int id = 106; id < 400; id++) { // half a minute
      talk.change(A, id, id, "9", "");
      talk.pass(100);
    }
    talk.snapshot(90, "8", "11");
    talk.pass(1100);
    talk.snapshot(110, "8", "11");
    assertEquals(List.of("whole 399 [9,8] [11]"), talk.story());
    assertEquals(List.of("snapshot-too-old"), talk.faults);
  }

  /** 4: and the refetching has an end. */
  @Test
  void afterEightUselessSnapshotsThereIsARest() {
    Conversation talk = Conversation.of(Detail.BOOK);
    talk.change(A, 101, 105, "9", "");
    talk.take("call");
    for (int i = 0; i < 8; i++) {
      talk.snapshot(90, "8", "11");
      talk.pass(61_000);
      assertEquals(
          List.of("call depth:BTCUSDT:1000 weight 50, snapshots 1"), talk.take("call dep"));
    }
    talk.snapshot(90, "8", "11");
    talk.pass(100);
    assertTrue(talk.told.getLast().contains("no book of BTCUSDT"), talk.told::toString);
    talk.pass(59_000);
    assertEquals(List.of(), talk.take("call depth"));
  }

  /** 5: a snapshot every few seconds uses up what Binance allows. */
  @Test
  void snapshotsAreFetchedOnAGapAloneAndLessAndLessOften() {
    Conversation talk = inStep();
    for (int id = 103; id < 1000; id++) {
      talk.change(A, id, id, "9", "");
      talk.pass(100);
    }
    assertEquals(List.of(), talk.take("call depth"));
    long id = 2000;
    int calls = 0;
    for (int i = 0; i < 600; i++) { // a gap each 100 ms for a minute
      talk.change(A, id, id, "9", "");
      if (!talk.take("call depth").isEmpty()) {
        calls++;
        talk.snapshot(id, "8", "11");
      }
      id += 2;
      talk.pass(100);
    }
    assertTrue(calls <= 7, calls + " calls");
  }

  /** 6: a book drifts away slowly, and nobody sees it. */
  @Test
  void aBookThatDriftsFromTheQuotesIsFetchedAgain() {
    Conversation talk = inStep();
    for (int id = 103; id <= 106; id++) {
      talk.quote(A, id, "8.5", "11");
      talk.change(A, id, id, "2", "");
    }
    assertEquals(List.of("book-quote"), talk.faults);
    talk.pass(1100);
    assertEquals(1, talk.take("call depth").size());
  }

  /** 7: levels of the quantity 0.00000000 stay in the book. */
  @Test
  void aQuantityOfManyZerosRemovesALevel() {
    Conversation talk = Conversation.of(Detail.BOOK);
    talk.change(A, 101, 102, "9", "");
    talk.snapshot(101, "8", "11");
    talk.frame(
        A,
        """
        {"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1,"s":"BTCUSDT","U":103,\
        "u":103,"b":[["9.00","0.00000000"]],"a":[]}}\
        """);
    OrderBook book = new OrderBook(OrderBook.Start.SNAPSHOT);
    talk.ticks.ticks().forEach(tick -> book.apply((Tick.Depth) tick));
    assertEquals(103, book.lastId());
    assertEquals(List.of(Level.of("8", "1")), book.bids(10));
  }

  /** 8: silence after the 24 hours of a connection. */
  @Test
  void aConnectionIsReplacedBeforeItsDayIsOver() {
    Conversation talk = Conversation.of(Detail.QUOTE);
    talk.take("");
    for (int minute = 0; minute < 23 * 60; minute++) {
      talk.leap(Duration.ofSeconds(59));
    }
    assertEquals(List.of(), talk.take("open"));
    for (int minute = 0; minute < 60; minute++) {
      talk.leap(Duration.ofSeconds(59));
    }
    assertEquals(List.of("open streams-1b 0"), talk.take("open"));
  }

  /** 9: closed with 1008, as too many messages were sent. */
  @Test
  void subscriptionsAreFewMessagesOfManyStreams() {
    Conversation talk = new Conversation(BinanceOptions.DEFAULT, true);
    String[] symbols =
        IntStream.range(0, 340).mapToObj("P%dUSDT"::formatted).toArray(String[]::new);
    talk.watch(Detail.QUOTE, symbols);
    talk.opened(A);
    talk.take("");
    talk.pass(1000);
    List<String> sent = talk.take("send");
    assertEquals(4, sent.size(), sent::toString);
    for (String message : sent) {
      assertEquals(200, message.split("usdt@", -1).length - 1);
    }
    talk.pass(10_000);
    assertEquals(2, talk.take("send").size());
  }

  /** 9: and where it happens nevertheless, the next attempt is later. */
  @Test
  void afterAPolicyViolationTheNextAttemptIsLater() {
    Conversation talk = Conversation.of(Detail.QUOTE);
    talk.take("");
    talk.ended(A, new SocketEnd.Closed(1008, "policy"));
    assertEquals(List.of("open streams-1a 10000"), talk.take("open"));
  }

  /** 10: a connection that was given up for good after one pong came too late. */
  @Test
  void aConnectionIsNeverGivenUp() {
    Conversation talk = Conversation.of(Detail.QUOTE);
    for (int i = 0; i < 100; i++) {
      talk.take("");
      talk.broke(A);
      List<String> opens = talk.take("open");
      assertEquals(1, opens.size());
      talk.leap(Duration.ofMinutes(1));
    }
    talk.opened(A);
    talk.pass(300);
    talk.trade(A, 1);
    assertEquals(List.of("trade 1"), talk.story());
    assertEquals("live null", talk.told.getLast());
  }

  /** 11: one connection of several stops sending, although it stays open. */
  @Test
  void aBusyStreamThatStallsMakesItsConnectionAnew() {
    Conversation talk = busy();
    for (int second = 0; second < 11; second++) {
      talk.quote(A, 1000 + second, "9", "11"); // others go on
      talk.pass(1000);
    }
    assertEquals(List.of("stall"), talk.faults);
    assertEquals(List.of("open streams-1b 0"), talk.take("open"));
  }

  /** 12: a quiet stream that ended without a word; where nothing comes at all, pings are missed. */
  @Test
  void aConnectionWithoutPingsIsMadeAnew() {
    Conversation talk = Conversation.of(Detail.QUOTE);
    talk.pass(50_000);
    talk.stopPings();
    talk.arrive(new Arrival.Pinged(A, talk.now()));
    talk.take("");
    talk.pass(59_000);
    assertEquals(List.of(), talk.take("open"));
    talk.pass(2_000);
    assertEquals(List.of("close streams-1a", "open streams-1a 1000"), talk.requests);
    assertEquals("down the connection broke: silent for a minute", talk.told.getLast());
  }

  /** 13: what happens between two connections is lost. */
  @Test
  void noTradeIsLostOrDoubledWhenAConnectionIsReplaced() {
    Conversation talk = busy();
    talk.ticks.clear();
    talk.frame(A, "{\"e\":\"serverShutdown\",\"E\":1}");
    assertEquals(List.of("open streams-1b 0"), talk.take("open"));
    talk.trade(A, 101);
    talk.opened(B);
    talk.pass(300);
    talk.trade(A, 102);
    talk.trade(B, 102);
    talk.pass(1000);
    assertEquals(List.of("close streams-1a"), talk.take("close"));
    talk.trade(B, 103);
    assertEquals(List.of("trade 101", "trade 102", "trade 103"), talk.story());
  }

  /** 13: and where it could not be planned, the trades are fetched. */
  @Test
  void tradesBetweenTwoConnectionsAreFetched() {
    Conversation talk = busy();
    talk.ticks.clear();
    talk.broke(A);
    talk.opened(A);
    talk.trade(A, 105);
    assertEquals(List.of(), talk.story());
    assertEquals(List.of("call aggTrades:BTCUSDT weight 4"), talk.take("call"));
    talk.answer(
        "aggTrades:BTCUSDT",
        200,
        """
        [{"a":7,"p":"1","q":"1","f":100,"l":100,"T":5,"m":true},
         {"a":8,"p":"2","q":"3","f":101,"l":103,"T":6,"m":true},
         {"a":9,"p":"3","q":"2","f":104,"l":105,"T":7,"m":false}]\
        """);
    assertEquals(List.of("trade 103", "trade 104", "trade 105"), talk.story());
    Tick.Trade part = (Tick.Trade) talk.ticks.ticks().get(1);
    assertEquals("1", part.quantity().toPlainString());
    talk.pass(300);
    assertEquals("live 4 missed trades of BTCUSDT fetched", talk.told.getLast());
  }

  /** 14: closed with 1006 while nothing happened. */
  @Test
  void aConnectionThatBreaksWhileIdleIsMadeAnew() {
    Conversation talk = Conversation.of(Detail.QUOTE);
    talk.take("");
    talk.ended(A, new SocketEnd.Closed(1006, ""));
    assertEquals(List.of("open streams-1a 1000"), talk.take("open"));
  }

  /** A book that is in step at 102, with the ticks so far forgotten. */
  private static Conversation inStep() {
    Conversation talk = Conversation.of(Detail.BOOK);
    talk.change(A, 101, 102, "9", "");
    talk.snapshot(101, "8", "11");
    assertEquals(List.of("whole 102 [9,8] [11]"), talk.story());
    talk.ticks.clear();
    talk.take("");
    return talk;
  }

  /** A stream of trades that has had five a second, up to 100. */
  private static Conversation busy() {
    Conversation talk = Conversation.of(Detail.QUOTE);
    for (int id = 1; id <= 100; id++) {
      talk.trade(A, id);
      talk.pass(200);
    }
    talk.take("");
    return talk;
  }
}
