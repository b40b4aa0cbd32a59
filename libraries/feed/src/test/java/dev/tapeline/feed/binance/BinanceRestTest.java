package dev.tapeline.feed.binance;

import static dev.tapeline.feed.binance.Conversation.A;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.Detail;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.market.instrument.Instrument;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinanceRestTest {

  private static final String DEPTH = "depth:BTCUSDT:1000";
  private static final String BTC =
      """
      {"symbol":"BTCUSDT","status":"%s","baseAsset":"BTC","quoteAsset":"USDT",\
      "filters":[{"filterType":"PRICE_FILTER","tickSize":"0.01000000"}]}\
      """;

  @Test
  void aSnapshotIsAskedForAsSoonAsTheStreamIsOn() {
    Conversation talk = Conversation.of(Detail.BOOK);
    assertEquals(
        List.of("call exchangeInfo:1 weight 20", "call depth:BTCUSDT:1000 weight 50, snapshots 1"),
        talk.take("call").stream().sorted((one, other) -> other.compareTo(one)).toList());
    assertTrue(
        talk.addresses.contains(
            "https://data-api.binance.vision/api/v3/depth?symbol=BTCUSDT&limit=1000"),
        talk.addresses::toString);
  }

  @Test
  void tooManyCallsMakeLongerAndLongerPauses() {
    Conversation talk = Conversation.of(Detail.BOOK);
    for (String pause : List.of("60", "120", "300", "300")) {
      talk.answer(DEPTH, 429, "{\"code\":-1003}");
      assertEquals(List.of("rest weight " + pause), talk.take("rest"));
      talk.pass(200);
      assertTrue(talk.told.getLast().contains("no REST calls for " + pause + " s"));
      talk.pass(Long.parseLong(pause) * 1000 - 1000);
      assertEquals(List.of(), talk.take("call"));
      talk.pass(61_000);
      assertTrue(!talk.take("call depth").isEmpty());
    }
    talk.snapshot(100, "8", "11");
    talk.pass(100);
    assertEquals("live null", talk.told.getLast());
    talk.answer(DEPTH, 429, "");
    assertEquals(List.of("rest weight 60"), talk.take("rest"));
  }

  @ParameterizedTest
  @CsvSource({"418, 600", "403, 300", "451, 600"})
  void aBanMakesALongPause(int status, String pause) {
    Conversation talk = Conversation.of(Detail.BOOK);
    talk.take("");
    talk.answer(DEPTH, status, "<html>");
    assertEquals(List.of("rest weight " + pause), talk.take("rest"));
    talk.pass(Long.parseLong(pause) * 1000 - 100);
    assertEquals(List.of(), talk.take("call"));
    assertEquals(List.of("rest-" + status), talk.faults);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | <html>busy</html> | html",
        "200 | {\"lastUpdateId\":5} | answer",
        "200 | {\"lastUpdateId\":5,\"bids\":[[\"1\"]],\"asks\":[]} | answer",
        "200 | nonsense | answer",
        "500 | | rest-500",
        "400 | {\"code\":-1121} | rest-400"
      })
  void anUselessAnswerIsAskedForAgain(int status, String body, String fault) {
    Conversation talk = Conversation.of(Detail.BOOK);
    talk.take("");
    talk.answer(DEPTH, status, body == null ? "" : body);
    assertEquals(List.of(fault), talk.faults);
    talk.pass(900);
    assertEquals(List.of(), talk.take("call depth"));
    talk.pass(200);
    assertEquals(1, talk.take("call depth").size());
    assertEquals(List.of(), talk.story());
  }

  @Test
  void whatHasNoAnswerIsAskedForAgain() {
    Conversation talk = Conversation.of(Detail.BOOK);
    talk.take("");
    talk.arrive(new Arrival.Unanswered(DEPTH, "timeout", talk.now()));
    talk.arrive(new Arrival.Unanswered("exchangeInfo:1", "timeout", talk.now()));
    talk.pass(1100);
    assertEquals(
        List.of("call depth:BTCUSDT:1000 weight 50, snapshots 1", "call exchangeInfo:2 weight 20"),
        talk.take("call").stream().sorted().toList());
    talk.pass(121_000);
    assertEquals(
        List.of("call depth:BTCUSDT:1000 weight 50, snapshots 1"), talk.take("call depth"));
  }

  @Test
  void tradesAreNotHeldWhileNoCallIsMade() {
    Conversation talk = Conversation.of(Detail.QUOTE);
    talk.answer("exchangeInfo:1", 418, "");
    talk.trade(A, 1);
    talk.trade(A, 5);
    assertEquals(List.of("trade 1", "trade 5"), talk.story());
    assertEquals(List.of("rest-418", "trades-lost"), talk.faults);
    talk.pass(100);
    assertTrue(talk.told.getLast().endsWith("3 trades of BTCUSDT lost"), talk.told::toString);
  }

  @Test
  void tradesAreHeldForFiveSecondsAtMost() {
    Conversation talk = Conversation.of(Detail.QUOTE);
    talk.trade(A, 1);
    talk.trade(A, 5);
    talk.pass(5000);
    talk.trade(A, 6);
    assertEquals(List.of("trade 1"), talk.story());
    talk.pass(100);
    talk.frame(A, "{\"e\":\"other\"}");
    assertEquals(List.of("trade 1", "trade 5", "trade 6"), talk.story());
  }

  @Test
  void aFailedFetchLetsTheTradesGoOn() {
    Conversation talk = Conversation.of(Detail.QUOTE);
    talk.trade(A, 1);
    talk.trade(A, 5);
    talk.answer("aggTrades:BTCUSDT", 200, "[{\"a\":1}]");
    assertEquals(List.of("trade 1", "trade 5"), talk.story());
    assertEquals(List.of("answer", "trades-lost"), talk.faults);
  }

  @Test
  void anAnswerThatComesTooEarlyIsAskedForTwiceMore() {
    Conversation talk = Conversation.of(Detail.QUOTE);
    talk.trade(A, 1);
    talk.trade(A, 5);
    talk.answer("aggTrades:BTCUSDT", 200, "[]");
    talk.answer("aggTrades:BTCUSDT", 200, "[%s]".formatted(aggregate(2)));
    assertEquals(3, talk.take("call aggTrades").size());
    assertTrue(talk.addresses.getLast().contains("fromId=3"), talk.addresses.getLast());
    talk.answer("aggTrades:BTCUSDT", 200, "[%s]".formatted(aggregate(3)));
    assertEquals(List.of("trade 1", "trade 2", "trade 3", "trade 5"), talk.story());
    assertEquals(List.of("trades-lost"), talk.faults);
  }

  @Test
  void manyMissingTradesAreFetchedPageByPageUpToALimit() {
    Conversation talk = Conversation.of(Detail.QUOTE);
    talk.trade(A, 1);
    talk.trade(A, 9_999);
    for (int page = 0; page < 10; page++) {
      assertEquals(List.of("call aggTrades:BTCUSDT weight 4"), talk.take("call aggTrades"));
      int from = 2 + 900 * page;
      talk.answer("aggTrades:BTCUSDT", 200, page(from));
    }
    assertEquals(List.of(), talk.take("call"));
    assertEquals(List.of("trades-lost"), talk.faults);
    assertTrue(
        talk.addresses.getLast().endsWith("/aggTrades?symbol=BTCUSDT&fromId=8202&limit=1000"),
        talk.addresses.getLast());
    assertEquals("trade 9999", talk.story().getLast());
    talk.trade(A, 20_001);
    assertEquals("trade 20001", talk.story().getLast());
    assertEquals(List.of(), talk.take("call"));
  }

  private static String page(int from) {
    return IntStream.range(from, from + 1000)
        .mapToObj(id -> aggregate(id))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String aggregate(int id) {
    return "{\"a\":%d,\"p\":\"1\",\"q\":\"1\",\"f\":%d,\"l\":%d,\"T\":5,\"m\":true}"
        .formatted(id, id, id);
  }

  @Test
  void whatIsWatchedIsLookedUpAndDescribed() {
    Conversation talk = Conversation.of(Detail.QUOTE);
    assertTrue(
        talk.addresses.contains(
            "https://data-api.binance.vision/api/v3/exchangeInfo?symbols=%5B%22BTCUSDT%22%5D"),
        talk.addresses::toString);
    talk.answer("exchangeInfo:1", 200, "{\"symbols\":[%s]}".formatted(BTC.formatted("TRADING")));
    talk.trade(A, 1);
    Instrument known = talk.ticks.ticks().getLast().instrument();
    assertEquals(List.of(known), talk.described);
    assertEquals("BTC / USDT", known.name());
    assertEquals("0.01", known.tickSize().toPlainString());
    assertEquals("BTCUSDT", known.symbol());
    talk.take("");
    talk.watch(Detail.BOOK, "BTCUSDT");
    talk.pass(1000);
    assertEquals(List.of(), talk.take("call exchangeInfo"));
  }

  @Test
  void aSymbolThatDoesNotTradeIsSaid() {
    Conversation talk = Conversation.of(Detail.QUOTE);
    talk.answer("exchangeInfo:1", 200, "{\"symbols\":[%s]}".formatted(BTC.formatted("HALT")));
    assertEquals("live BTCUSDT is in HALT", talk.told.getLast());
  }

  @Test
  void manySymbolsAreLookedUpInPagesAndAnUnknownOneIsFoundByHalving() {
    Conversation talk = new Conversation(BinanceOptions.DEFAULT, true);
    talk.watch(
        Detail.PRICE, IntStream.range(0, 150).mapToObj("P%03d"::formatted).toArray(String[]::new));
    talk.pass(100);
    for (int page = 1; page < 30; page++) {
      String address = talk.addresses.getLast();
      boolean bad = address.contains("%22P077%22");
      int symbols = address.split("%2C").length;
      assertTrue(symbols <= 100, address);
      String call = "exchangeInfo:" + page;
      if (bad) {
        talk.answer(call, 400, "{\"code\":-1121,\"msg\":\"Invalid symbol.\"}");
      } else {
        talk.answer(
            call,
            200,
            address
                .substring(address.indexOf("%5B%22") + 6, address.indexOf("%22%5D"))
                .transform(list -> List.of(list.split("%22%2C%22")))
                .stream()
                .map(symbol -> BTC.formatted("TRADING").replace("BTCUSDT", symbol))
                .collect(Collectors.joining(",", "{\"symbols\":[", "]}")));
      }
      talk.pass(200);
    }
    assertEquals(149, talk.described.size());
    assertEquals("symbol", talk.faults.getLast());
    assertTrue(talk.told.getLast().startsWith("down"));
    talk.opened(A);
    talk.pass(2000);
    assertEquals("live P077 is unknown", talk.told.getLast());
    talk.leap(Duration.ofMinutes(5));
    assertEquals(List.of(), talk.take("call exchangeInfo:40"));
  }
}
