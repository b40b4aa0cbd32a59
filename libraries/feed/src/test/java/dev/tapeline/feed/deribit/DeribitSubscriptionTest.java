package dev.tapeline.feed.deribit;

import static dev.tapeline.feed.deribit.DeribitTalk.CALL;
import static dev.tapeline.feed.deribit.DeribitTalk.DVOL;
import static dev.tapeline.feed.deribit.DeribitTalk.INDEX;
import static dev.tapeline.feed.deribit.DeribitTalk.PERPETUAL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.Detail;
import dev.tapeline.feed.vendor.SocketEnd;
import dev.tapeline.market.instrument.Instrument;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The connection: what is subscribed, at what pace, and what is done when it goes wrong. */
class DeribitSubscriptionTest {

  private static final String BOOK = "book.BTC-PERPETUAL.100ms";
  private static final String TICKER = "ticker.BTC-PERPETUAL.100ms";
  private static final String TRADES = "trades.BTC-PERPETUAL.100ms";

  @Test
  void connectsOnlyOnceSomethingIsWatched() {
    DeribitTalk talk = new DeribitTalk();
    talk.pass(1000);
    assertEquals(List.of(), talk.take(""));
    assertEquals(List.of("closed nothing is watched"), talk.told);
    talk.watch(Map.of(PERPETUAL, Detail.QUOTE));
    assertEquals(List.of("open deribit 0"), talk.take(""));
    assertEquals(List.of("wss://www.deribit.com/ws/api/v2"), talk.addresses);
    assertEquals("down not connected yet", talk.told.getLast());
  }

  @Test
  void subscribesByDetail() {
    Map<Instrument, Detail> wanted = new LinkedHashMap<>();
    wanted.put(PERPETUAL, Detail.BOOK);
    wanted.put(CALL, Detail.QUOTE);
    wanted.put(DeribitInstruments.named("ETH-PERPETUAL"), Detail.PRICE);
    wanted.put(INDEX, Detail.BOOK);
    wanted.put(DVOL, Detail.QUOTE);
    DeribitTalk talk = new DeribitTalk();
    talk.watch(wanted);
    talk.requests.clear();
    talk.opened();
    assertEquals(
        List.of(
            "set_heartbeat {\"interval\":30}",
            "subscribe ticker.BTC-25DEC26-100000-C.100ms,trades.BTC-25DEC26-100000-C.100ms,"
                + String.join(",", TICKER, TRADES, BOOK)
                + ",deribit_volatility_index.btc_usd,ticker.ETH-PERPETUAL.100ms"
                + ",deribit_price_index.btc_usd"),
        talk.take(""));
    assertEquals("down subscribing", talk.told.getLast());
    talk.pass(200);
    assertEquals("live null", talk.told.getLast());
  }

  @Test
  void unsubscribesWhatIsNoLongerWatchedAndClosesWhenNothingIs() {
    DeribitTalk talk = DeribitTalk.of(PERPETUAL, Detail.BOOK);
    talk.watch(Map.of(PERPETUAL, Detail.PRICE, INDEX, Detail.PRICE));
    assertEquals(
        List.of("unsubscribe " + BOOK + "," + TRADES, "subscribe deribit_price_index.btc_usd"),
        talk.take(""));
    talk.watch(Map.of());
    assertEquals(List.of("close deribit"), talk.take(""));
    assertEquals("closed nothing is watched", talk.told.getLast());
  }

  @Test
  void subscribesInChunksAtThePaceOfItsCredits() {
    DeribitTalk talk =
        new DeribitTalk(DeribitTalk.options(new DeribitOptions.Streams("agg2", 10, 1000, 200)));
    Map<Instrument, Detail> wanted = new LinkedHashMap<>();
    for (Instrument instrument : DeribitTalk.many(150, i -> "BTC-25DEC26-%d-C".formatted(i + 1))) {
      wanted.put(instrument, Detail.PRICE);
    }
    talk.watch(wanted);
    talk.opened();
    List<String> burst = talk.take("subscribe");
    assertEquals(10, burst.size());
    assertEquals(10, burst.getFirst().split(",", -1).length);
    assertTrue(burst.getFirst().endsWith(".agg2"), burst.getFirst());
    talk.pass(1000);
    assertEquals(3, talk.take("subscribe").size());
    talk.pass(1000);
    assertEquals(2, talk.take("subscribe").size());
    talk.pass(5000);
    assertEquals(List.of(), talk.take("subscribe"));
  }

  @Test
  void channelsBeyondTheLimitAreLeftOutAndSaid() {
    DeribitTalk talk =
        new DeribitTalk(DeribitTalk.options(new DeribitOptions.Streams("100ms", 200, 2, 200)));
    talk.watch(Map.of(PERPETUAL, Detail.BOOK));
    talk.opened();
    assertEquals(List.of("subscribe " + TICKER + "," + TRADES), talk.take("subscribe"));
    talk.pass(200);
    assertEquals("live 1 channels too many", talk.told.getLast());
    assertEquals(List.of("channels"), talk.faults);
  }

  @Test
  void silentlyRefusedChannelsAreCountedAndSaidAndNotAskedForAgain() {
    DeribitTalk talk = new DeribitTalk();
    talk.unknown.add(TRADES);
    talk.watch(Map.of(PERPETUAL, Detail.QUOTE));
    talk.opened();
    talk.pass(5000);
    assertEquals(List.of("subscribe " + TICKER + "," + TRADES), talk.take("subscribe"));
    assertEquals(List.of("refused"), talk.faults);
    assertEquals("live refused: " + TRADES, talk.told.getLast());
    talk.watch(Map.of(PERPETUAL, Detail.PRICE));
    assertEquals("live null", talk.told.getLast());
    assertEquals(List.of(), talk.take("unsubscribe"));
  }

  @Test
  void aTestRequestIsAnsweredAtOnce() {
    DeribitTalk talk = DeribitTalk.of(PERPETUAL, Detail.PRICE);
    talk.frame(
        "{\"jsonrpc\":\"2.0\",\"method\":\"heartbeat\",\"params\":{\"type\":\"test_request\"}}");
    assertEquals(List.of("test {}"), talk.take(""));
    talk.frame(
        "{\"jsonrpc\":\"2.0\",\"method\":\"heartbeat\",\"params\":{\"type\":\"heartbeat\"}}");
    assertEquals(List.of(), talk.take(""));
  }

  @Test
  void silenceLeadsToAnotherConnection() {
    DeribitTalk talk = DeribitTalk.of(PERPETUAL, Detail.PRICE);
    talk.idle(Duration.ofMinutes(5));
    assertEquals(List.of(), talk.take(""));
    talk.pass(76_000);
    assertEquals(List.of("close deribit", "open deribit 1"), talk.take(""));
    assertEquals("down silent for 75 s", talk.told.getLast());
    assertEquals(List.of("connection"), talk.faults);
  }

  @Test
  void aRequestWithoutAnAnswerLeadsToAnotherConnection() {
    DeribitTalk talk = new DeribitTalk();
    talk.answerNothing();
    talk.watch(Map.of(PERPETUAL, Detail.PRICE));
    talk.opened();
    talk.requests.clear();
    talk.idle(Duration.ofSeconds(40));
    assertEquals(List.of("close deribit", "open deribit 1"), talk.take(""));
    assertEquals("down a request was not answered", talk.told.getLast());
  }

  @Test
  void aBrokenConnectionIsOpenedAgainLaterEachTimeAndSubscribedAgain() {
    DeribitTalk talk = DeribitTalk.of(PERPETUAL, Detail.PRICE);
    for (int i = 0; i < 7; i++) {
      talk.broke();
    }
    List<Integer> delays =
        talk.take("open").stream().map(open -> Integer.parseInt(open.split(" ", -1)[2])).toList();
    List<Integer> table = List.of(1, 2, 5, 10, 30, 60, 60);
    for (int i = 0; i < table.size(); i++) {
      double ratio = (delays.get(i) + 0.5) / table.get(i);
      assertTrue(ratio > 0.4 && ratio < 1.6, delays::toString);
    }
    assertEquals("down broken: reset", talk.told.getLast());
    talk.opened();
    assertEquals(List.of("subscribe " + TICKER), talk.take("subscribe"));
    talk.pass(200);
    assertEquals("live null", talk.told.getLast());
  }

  @Test
  void aConnectionThatNeverOpensIsTriedAgain() {
    DeribitTalk talk = new DeribitTalk();
    talk.watch(Map.of(PERPETUAL, Detail.PRICE));
    talk.requests.clear();
    talk.pass(121_000);
    assertEquals("close deribit", talk.requests.getFirst());
    assertTrue(talk.requests.getLast().startsWith("open deribit"), talk.requests::toString);
  }

  @Test
  void tooManyRequestsWaitAndTheNextConnectionToo() {
    DeribitTalk talk = DeribitTalk.of(PERPETUAL, Detail.PRICE);
    talk.answerNothing();
    talk.watch(Map.of(PERPETUAL, Detail.QUOTE));
    refuse(talk, 10_028, "too_many_requests");
    talk.requests.clear();
    talk.pass(20_000);
    assertEquals(List.of(), talk.take(""));
    assertEquals(List.of("rate"), talk.faults);
    talk.ended(new SocketEnd.Closed(1000, "too many"));
    assertEquals(List.of("open deribit 30"), talk.take(""));
    assertEquals("down closed with 1000 too many", talk.told.getLast());
  }

  @Test
  void aRefusalForGoodIsSaid() {
    DeribitTalk talk = DeribitTalk.of(PERPETUAL, Detail.PRICE);
    talk.answerNothing();
    talk.watch(Map.of(PERPETUAL, Detail.QUOTE));
    refuse(talk, 13_778, "raw_subscriptions_not_available_for_unauthorized");
    talk.pass(1000);
    assertEquals("live refused: " + TRADES, talk.told.getLast());
    assertEquals(List.of("refused", "refused"), talk.faults);
  }

  @Test
  void aBusyExchangeIsAskedAgain() {
    DeribitTalk talk = DeribitTalk.of(PERPETUAL, Detail.PRICE);
    talk.answerNothing();
    talk.watch(Map.of(PERPETUAL, Detail.QUOTE));
    refuse(talk, 13_028, "temporarily_unavailable");
    talk.requests.clear();
    talk.pass(4900);
    assertEquals(List.of(), talk.take("subscribe"));
    talk.pass(200);
    assertEquals(List.of("subscribe " + TRADES), talk.take("subscribe"));
  }

  @Test
  void aRequestThatIsTooLargeIsHalved() {
    DeribitTalk talk = DeribitTalk.of(INDEX, Detail.PRICE);
    talk.answerNothing();
    talk.watch(Map.of(PERPETUAL, Detail.QUOTE, INDEX, Detail.PRICE));
    refuse(talk, -32_600, "request entity too large");
    talk.requests.clear();
    talk.pass(100);
    assertEquals(List.of("subscribe " + TICKER, "subscribe " + TRADES), talk.take("subscribe"));
  }

  @Test
  void aRefusedHandshakeWaitsLong() {
    DeribitTalk talk = new DeribitTalk();
    talk.watch(Map.of(PERPETUAL, Detail.PRICE));
    talk.requests.clear();
    talk.ended(new SocketEnd.Refused(403, "Forbidden"));
    assertEquals(List.of("open deribit 300"), talk.take(""));
    assertEquals("down refused with 403 Forbidden", talk.told.getLast());
    talk.ended(new SocketEnd.Refused(429, "Too Many"));
    assertEquals(List.of("open deribit 30"), talk.take(""));
  }

  @Test
  void aHandshakeThatFailsIsTriedAgainSoon() {
    DeribitTalk talk = new DeribitTalk();
    talk.watch(Map.of(PERPETUAL, Detail.PRICE));
    for (int status : List.of(500, 502, 302)) {
      talk.requests.clear();
      talk.ended(new SocketEnd.Refused(status, "Bad Gateway"));
      String request = talk.take("").getFirst();
      int seconds = Integer.parseInt(request.substring("open deribit ".length()));
      assertTrue(seconds <= 6, request);
    }
  }

  private static void refuse(DeribitTalk talk, int code, String message) {
    talk.frame(
        "{\"jsonrpc\":\"2.0\",\"id\":%d,\"error\":{\"code\":%d,\"message\":\"%s\"}}"
            .formatted(talk.lastId(), code, message));
  }
}
