package dev.tapeline.feed.binance;

import static dev.tapeline.feed.binance.Conversation.A;
import static dev.tapeline.feed.binance.Conversation.B;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.Detail;
import dev.tapeline.feed.FailingListener;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.SocketEnd;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinanceSessionTest {

  private static final String TICKER =
      """
      {"stream":"btcusdt@miniTicker","data":{"e":"24hrMiniTicker","E":%d,"s":"BTCUSDT",\
      "c":"100.00","o":"90.00","h":"110.00","l":"80.00","v":"4.0","q":"398.0"}}\
      """;

  @ParameterizedTest
  @CsvSource({
    "PRICE, btcusdt@aggTrade btcusdt@miniTicker",
    "QUOTE, btcusdt@trade btcusdt@bookTicker btcusdt@miniTicker",
    "BOOK, btcusdt@trade btcusdt@bookTicker btcusdt@miniTicker btcusdt@depth@100ms"
  })
  void theStreamsFollowWhatIsWanted(Detail detail, String streams) {
    Conversation talk = Conversation.of(detail);
    List<String> names = List.of(streams.split(" "));
    assertEquals(
        "wss://data-stream.binance.vision/stream?streams=" + names.getFirst(),
        talk.addresses.getFirst());
    String rest = String.join("\",\"", names.subList(1, names.size()));
    assertEquals(
        List.of(
            "open streams-1a 0",
            "send streams-1a {\"method\":\"SUBSCRIBE\",\"params\":[\"%s\"],\"id\":1}"
                .formatted(rest)),
        talk.requests.stream().filter(request -> !request.startsWith("call")).toList());
    assertEquals("live null", talk.told.getLast());
  }

  @Test
  void moreOrLessOfASymbolChangesItsStreamsAlone() {
    Conversation talk = Conversation.of(Detail.QUOTE);
    talk.take("");
    talk.watch(Detail.PRICE, "BTCUSDT");
    talk.pass(1000);
    assertEquals(
        List.of(
            "send streams-1a {\"method\":\"UNSUBSCRIBE\","
                + "\"params\":[\"btcusdt@trade\",\"btcusdt@bookTicker\"],\"id\":2}",
            "send streams-1a {\"method\":\"SUBSCRIBE\","
                + "\"params\":[\"btcusdt@aggTrade\"],\"id\":3}"),
        talk.take("send"));
  }

  @Test
  void aPriceThatIsAskedForIsStreamedAsLongAsItIs() {
    Conversation talk = Conversation.of(Detail.QUOTE);
    talk.take("");
    Set<Instrument> asked = Set.of(Instrument.binance("ETHUSDT"));
    Map<Instrument, Detail> watched = Map.of(Instrument.binance("BTCUSDT"), Detail.QUOTE);
    talk.arrive(new Arrival.Watch(new Watchlist(watched, Set.of(), asked, Set.of()), talk.now()));
    talk.pass(1000);
    assertEquals(
        List.of(
            "send streams-1a {\"method\":\"SUBSCRIBE\","
                + "\"params\":[\"ethusdt@aggTrade\",\"ethusdt@miniTicker\"],\"id\":2}"),
        talk.take("send"));
  }

  @Test
  void nothingWatchedIsNoConnection() {
    Conversation talk = Conversation.of(Detail.QUOTE);
    talk.take("");
    talk.arrive(new Arrival.Watch(Watchlist.EMPTY, talk.now()));
    assertEquals(List.of("close streams-1a"), talk.requests);
    assertEquals("closed nothing is watched", talk.told.getLast());
    talk.watch(Detail.QUOTE, "BTCUSDT");
    assertEquals(List.of("close streams-1a", "open streams-1a 0"), talk.requests);
  }

  @Test
  void moreStreamsThanAConnectionCarriesAreOnSeveral() {
    Conversation talk = new Conversation(BinanceOptions.DEFAULT, true);
    talk.watch(
        Detail.BOOK, IntStream.range(0, 600).mapToObj("P%dUSDT"::formatted).toArray(String[]::new));
    assertEquals(
        List.of("open streams-1a 0", "open streams-2a 0", "open streams-3a 0"), talk.take("open"));
    talk.opened(A);
    talk.opened("streams-2a");
    talk.pass(3000);
    assertEquals("down 1 of 3 connections: connecting", talk.told.getLast());
    assertEquals(12, talk.take("send").size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"code\":2,\"msg\":\"Invalid request\"},\"id\":1}",
        "{\"code\":2,\"msg\":\"Invalid request\",\"id\":1}",
        "{\"code\":2,\"msg\":\"Invalid request\"}"
      })
  void refusedStreamsAreCountedAndSaidAndNotAskedForAgain(String refusal) {
    Conversation talk = new Conversation(BinanceOptions.DEFAULT, false);
    talk.watch(Detail.PRICE, "BTCUSDT");
    talk.opened(A);
    talk.pass(300);
    talk.take("");
    talk.frame(A, refusal);
    talk.pass(60_000);
    assertEquals(List.of("refused"), talk.faults);
    assertEquals("live refused: btcusdt@miniTicker", talk.told.getLast());
    assertEquals(List.of(), talk.take("send"));
  }

  @Test
  void oneRefusedStreamAmongManyIsFoundAndTheOthersAreSubscribed() {
    Conversation talk = new Conversation(BinanceOptions.DEFAULT, false);
    talk.watch(
        Detail.QUOTE, IntStream.range(0, 60).mapToObj("P%dUSDT"::formatted).toArray(String[]::new));
    talk.opened(A);
    for (int i = 0; i < 300; i++) {
      talk.pass(100);
      for (String sent : talk.take("send")) {
        String id = sent.substring(sent.lastIndexOf(':') + 1, sent.length() - 1);
        boolean bad = sent.contains("\"p33usdt@bookTicker\"");
        talk.frame(
            A,
            bad
                ? "{\"error\":{\"code\":2,\"msg\":\"Invalid\"},\"id\":%s}".formatted(id)
                : "{\"result\":null,\"id\":%s}".formatted(id));
      }
    }
    assertEquals(List.of("refused"), talk.faults);
    assertEquals("live refused: p33usdt@bookTicker", talk.told.getLast());
  }

  @Test
  void aRequestWithoutAnAnswerMakesTheConnectionAnew() {
    Conversation talk = new Conversation(BinanceOptions.DEFAULT, true);
    talk.watch(Detail.QUOTE, "BTCUSDT");
    talk.confirmNothing();
    talk.opened(A);
    talk.pass(11_000);
    assertEquals(List.of("unanswered"), talk.faults);
    assertEquals(1, talk.take("open streams-1b").size());
  }

  @Test
  void theFiguresOfTheDayComeWithAFirstPrice() {
    Conversation talk = Conversation.of(Detail.QUOTE);
    talk.frame(A, TICKER.formatted(5));
    talk.frame(A, TICKER.formatted(5));
    talk.frame(A, TICKER.formatted(6));
    talk.trade(A, 1);
    talk.frame(A, TICKER.formatted(7));
    assertEquals(
        List.of("price 100.00", "stats 4.0", "price 100.00", "stats 4.0", "trade 1", "stats 4.0"),
        talk.story());
    Tick.DayStats stats = (Tick.DayStats) talk.ticks.ticks().getLast();
    assertEquals("99.5000", String.valueOf(stats.average()));
    assertEquals(null, stats.prevClose());
  }

  @Test
  void aTradeIsPassedOnWithBinancesOwnJson() {
    Conversation talk = Conversation.of(Detail.QUOTE);
    talk.trade(A, 7);
    Tick.Trade trade = (Tick.Trade) talk.ticks.ticks().getLast();
    assertTrue(String.valueOf(trade.raw()).startsWith("{\"e\":\"trade\","));
  }

  @Test
  void timesInMicrosecondsBecomeMilliseconds() {
    BinanceOptions options =
        new BinanceOptions(
            BinanceOptions.Hosts.DEFAULT,
            BinanceOptions.Books.DEFAULT,
            BinanceOptions.Connections.DEFAULT,
            true);
    Conversation talk = new Conversation(options, true);
    talk.watch(Detail.QUOTE, "BTCUSDT");
    assertTrue(talk.addresses.getFirst().endsWith("btcusdt@trade&timeUnit=MICROSECOND"));
    talk.opened(A);
    talk.frame(
        A,
        """
        {"e":"trade","E":1700000000000123,"s":"BTCUSDT","t":7,"p":"1","q":"1",\
        "T":1700000000000123,"m":true}\
        """);
    assertEquals(1_700_000_000_000L, talk.ticks.ticks().getLast().times().exchange());
  }

  @Test
  void anAggregateIsOneTradeWhereThePriceIsWantedAlone() {
    Conversation talk = Conversation.of(Detail.PRICE);
    String frame =
        """
        {"stream":"btcusdt@aggTrade","data":{"e":"aggTrade","E":5,"s":"BTCUSDT","a":1,"p":"2.50",\
        "q":"3.0","f":7,"l":9,"T":4,"m":false,"M":true}}\
        """;
    talk.frame(A, frame);
    talk.frame(A, frame);
    assertEquals(List.of("trade 9"), talk.story());
    Tick.Trade trade = (Tick.Trade) talk.ticks.ticks().getLast();
    assertEquals(null, trade.raw());
    assertEquals("3.0", String.valueOf(trade.quantity()));
  }

  @Test
  void aQuietBookIsComparedWithASnapshotAfterALostConnection() {
    Conversation talk = Conversation.of(Detail.BOOK);
    talk.snapshot(100, "8", "11");
    talk.pass(70_000);
    talk.broke(A);
    talk.take("");
    talk.opened(A);
    talk.pass(600);
    assertEquals(1, talk.take("call depth").size());
    talk.snapshot(120, "9", "11");
    assertEquals(List.of("whole 100 [8] [11]", "whole 120 [9] [11]"), talk.story());
  }

  @Test
  void aBookThatIsWatchedAgainIsNotOlderThanBefore() {
    Conversation talk = Conversation.of(Detail.BOOK);
    talk.snapshot(100, "8", "11");
    talk.arrive(new Arrival.Watch(Watchlist.EMPTY, talk.now()));
    talk.watch(Detail.BOOK, "BTCUSDT");
    talk.opened(A);
    talk.pass(300);
    talk.snapshot(99, "7", "11");
    talk.snapshot(101, "9", "11");
    assertEquals(List.of("whole 100 [8] [11]", "whole 101 [9] [11]"), talk.story());
  }

  @Test
  void ifTheOldConnectionEndsFirstTheNewOneGoesOn() {
    Conversation talk = Conversation.of(Detail.QUOTE);
    talk.frame(A, "{\"stream\":\"!serverShutdown\",\"data\":{\"e\":\"serverShutdown\",\"E\":1}}");
    talk.opened(B);
    talk.broke(A);
    talk.take("");
    talk.pass(300);
    talk.trade(B, 1);
    assertEquals(List.of("trade 1"), talk.story());
    assertEquals("live null", talk.told.getLast());
    assertEquals(List.of(), talk.take("open"));
  }

  @Test
  void ifTheNewConnectionFailsTheOldOneGoesOnAndTheNewOneIsTriedAgain() {
    Conversation talk = Conversation.of(Detail.QUOTE);
    talk.frame(A, "{\"e\":\"serverShutdown\",\"E\":1}");
    talk.take("");
    talk.ended(B, new SocketEnd.Refused(503, "busy"));
    talk.trade(A, 1);
    assertEquals(List.of("open streams-1b 1000"), talk.take("open"));
    assertEquals("live null", talk.told.getLast());
    talk.broke(A);
    talk.ended(B, new SocketEnd.Refused(503, "busy"));
    assertEquals(1, talk.take("open").size());
    assertEquals("down the connection broke: reset", talk.told.getLast());
  }

  @ParameterizedTest
  @CsvSource({"429, 60000 120000 300000 300000", "418, 600000 600000", "403, 300000 300000"})
  void refusedConnectionsAreTriedAgainMuchLater(int status, String delays) {
    Conversation talk = new Conversation(BinanceOptions.DEFAULT, true);
    talk.watch(Detail.QUOTE, "BTCUSDT");
    for (String delay : delays.split(" ")) {
      talk.take("");
      talk.ended(A, new SocketEnd.Refused(status, "no"));
      assertEquals(List.of("open streams-1a " + delay), talk.take("open"));
    }
    assertEquals(
        "down Binance refuses the connection: %d no".formatted(status), talk.told.getLast());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "json | {\"e\":\"trade\"",
        "json | <html>",
        "frame | [1]",
        "frame | {\"e\":\"trade\",\"s\":\"BTCUSDT\",\"p\":\"1\",\"q\":\"1\"}",
        "frame | {\"e\":\"trade\",\"s\":\"BTCUSDT\",\"t\":1,\"p\":\"1\",\"q\":\"-1\"}",
        "frame | {\"e\":\"depthUpdate\",\"s\":\"BTCUSDT\",\"b\":[],\"a\":[]}",
        "frame | {\"e\":\"24hrMiniTicker\",\"s\":\"BTCUSDT\",\"c\":\"x\"}",
        "frame | {\"e\":\"aggTrade\",\"s\":\"BTCUSDT\",\"f\":9,\"l\":3,\"p\":\"1\",\"q\":\"1\"}",
        "frame | {\"e\":\"aggTrade\",\"s\":\"BTCUSDT\",\"p\":\"1\",\"q\":\"1\"}"
      })
  void badFramesAreCountedByKindAndTheNextIsTaken(String kind, String json) {
    Conversation talk = Conversation.of(Detail.BOOK);
    talk.frame(A, json);
    assertEquals(List.of(kind), talk.faults);
    talk.trade(A, 1);
    assertEquals(List.of("trade 1"), talk.story());
  }

  @Test
  void whatIsNotWatchedIsLeftOut() {
    Conversation talk = Conversation.of(Detail.QUOTE);
    talk.frame(A, "{\"e\":\"trade\",\"s\":\"ETHUSDT\",\"t\":1,\"p\":\"1\",\"q\":\"1\"}");
    talk.frame(A, "{\"e\":\"kline\",\"s\":\"BTCUSDT\",\"k\":{\"t\":1}}");
    talk.change(A, 1, 1, "1", "");
    assertEquals(List.of(), talk.story());
    assertEquals(List.of(), talk.faults);
  }

  @Test
  void whatAListenerThrowsIsNoFaultOfTheFrame() {
    BinanceSession session =
        new BinanceSession(
            BinanceOptions.DEFAULT, new Conversation(BinanceOptions.DEFAULT, true), _ -> {});
    FailingListener listener = new FailingListener();
    session.onArrival(
        new Arrival.Watch(Watchlist.of(Map.of(Instrument.binance("BTCUSDT"), Detail.QUOTE)), 1),
        listener);
    session.onArrival(new Arrival.Opened(A, 1), listener);
    byte[] trade =
        Conversation.bytes("{\"e\":\"trade\",\"s\":\"BTCUSDT\",\"t\":1,\"p\":\"1\",\"q\":\"1\"}");
    assertThrows(
        IllegalArgumentException.class,
        () -> session.onArrival(new Arrival.Frame(A, true, trade, 1), listener));
  }

  @Test
  void theBudgetsAreBinancesAndThePaceOfSnapshots() {
    assertEquals(
        "[Budget[name=weight, weight=6000, period=PT1M],"
            + " Budget[name=snapshots, weight=1, period=PT0.3S]]",
        new BinanceVendor(BinanceOptions.DEFAULT, _ -> {}).budgets().toString());
  }
}
