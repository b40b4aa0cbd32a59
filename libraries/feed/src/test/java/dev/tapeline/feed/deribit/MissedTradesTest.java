package dev.tapeline.feed.deribit;

import static dev.tapeline.feed.deribit.DeribitTalk.PERPETUAL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.Detail;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.TradeSequence;
import dev.tapeline.market.instrument.Instrument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Trades that were missed are fetched, in order and each once; what can't be had is said. */
class MissedTradesTest {

  private static final String NAME = "BTC-PERPETUAL";
  private static final String CALL = "call trades:" + NAME;
  private static final String ANSWER = "trades:" + NAME;

  private final DeribitTalk talk = DeribitTalk.of(PERPETUAL, Detail.QUOTE);

  private String row(long sequence) {
    return talk.tradeRow(NAME, sequence, "1" + sequence);
  }

  private void trade(long sequence) {
    talk.trade(NAME, sequence, "1" + sequence);
  }

  private void reconnect() {
    talk.broke();
    talk.opened();
    talk.requests.clear();
  }

  @Test
  void aTradeWaitsForThoseThatAreMissingBeforeIt() {
    trade(5);
    trade(8);
    trade(9);
    assertEquals(List.of("trade 5 at 15"), talk.story());
    assertEquals(List.of(CALL), talk.take("call"));
    assertEquals(
        "https://www.deribit.com/api/v2/public/get_last_trades_by_instrument"
            + "?instrument_name=BTC-PERPETUAL&start_seq=6&count=1000&sorting=asc",
        talk.addresses.getLast());
    talk.missed(NAME, row(6), row(7), row(8), row(9), row(10));
    assertEquals(
        List.of("trade 6 at 16", "trade 7 at 17", "trade 8 at 18", "trade 9 at 19"), talk.story());
    trade(10);
    assertEquals(List.of("trade 10 at 110"), talk.story());
    assertEquals(List.of(), talk.faults);
    assertEquals("live 2 missed trades of BTC-PERPETUAL fetched", talk.told.getLast());
  }

  @Test
  void afterAReconnectTheMissedTradesAreAskedForThoughNoneComes() {
    trade(5);
    talk.story();
    reconnect();
    talk.pass(200);
    assertEquals(List.of(CALL), talk.take("call"));
    talk.missed(NAME, row(6), row(7));
    trade(7);
    trade(8);
    assertEquals(List.of("trade 6 at 16", "trade 7 at 17", "trade 8 at 18"), talk.story());
    assertEquals(List.of(), talk.faults);
  }

  @Test
  void aFullPageIsFollowedByTheNext() {
    trade(5);
    reconnect();
    talk.pass(200);
    talk.take("");
    talk.missed(NAME, LongStream.rangeClosed(6, 1005).mapToObj(this::row).toArray(String[]::new));
    assertEquals(List.of(CALL), talk.take("call"));
    assertTrue(talk.addresses.getLast().contains("&start_seq=1006&"), talk.addresses::toString);
    talk.missed(NAME, row(1006));
    assertEquals(List.of(), talk.take("call"));
    assertEquals("trade 1006 at 11006", talk.story().getLast());
    assertEquals(List.of(), talk.faults);
  }

  @Test
  void aTradeThatComesFirstAfterAReconnectShowsTheGap() {
    trade(5);
    reconnect();
    trade(7);
    assertEquals(List.of(CALL), talk.take("call"));
    talk.pass(1000);
    assertEquals(List.of(), talk.take("call"));
    talk.missed(NAME, row(6));
    assertEquals(List.of("trade 5 at 15", "trade 6 at 16", "trade 7 at 17"), talk.story());
  }

  @Test
  void manyInstrumentsAreAskedForOneEachTenthOfASecond() {
    Map<Instrument, Detail> all = new LinkedHashMap<>();
    for (Instrument one : DeribitTalk.many(30, i -> "BTC-25DEC26-%d-P".formatted(100 + i))) {
      all.put(one, Detail.QUOTE);
    }
    talk.watch(all);
    talk.pass(200);
    all.keySet().forEach(one -> talk.trade(one.securityId(), 5, "1"));
    reconnect();
    talk.pass(1100);
    assertEquals(10, talk.take("call").size());
    talk.pass(5000);
    assertEquals(20, talk.take("call").size());
  }

  @Test
  void whatIsNotThereIsLostAndSaid() {
    trade(5);
    trade(9);
    talk.missed(NAME);
    talk.missed(NAME, row(8));
    assertEquals(2, talk.take("call").size());
    assertEquals(List.of("trade 5 at 15", "trade 8 at 18", "trade 9 at 19"), talk.story());
    assertEquals(List.of("trades-lost"), talk.faults);
    assertEquals(
        "live 1 missed trades of BTC-PERPETUAL fetched; 2 trades of BTC-PERPETUAL lost",
        talk.told.getLast());
  }

  @Test
  void whatCallsThatFailWereForIsLost() {
    trade(5);
    trade(7);
    talk.answer(ANSWER, 500, "<html>");
    trade(9);
    talk.arrive(new Arrival.Unanswered(ANSWER, "timed out", talk.now()));
    trade(11);
    talk.answer(ANSWER, 200, "{\"result\":{\"trades\":[{\"trade_seq\":-1}]}}");
    assertEquals(
        List.of("trade 5 at 15", "trade 7 at 17", "trade 9 at 19", "trade 11 at 111"),
        talk.story());
    assertEquals(
        List.of("rest", "trades-lost", "unanswered", "trades-lost", "answer", "trades-lost"),
        talk.faults);
  }

  @Test
  void nothingIsHeldWhileNoCallIsMade() {
    trade(5);
    trade(7);
    talk.answer(ANSWER, 429, "{}");
    trade(9);
    assertEquals(List.of("trade 5 at 15", "trade 7 at 17", "trade 9 at 19"), talk.story());
    assertEquals(List.of("rate", "trades-lost", "trades-lost"), talk.faults);
  }

  @Test
  void nothingIsHeldForLong() {
    trade(5);
    trade(7);
    talk.pass(TradeSequence.MAX_HELD_MILLIS + 100);
    assertEquals(List.of("trade 5 at 15"), talk.story());
    talk.ticker(NAME, "\"last_price\":17");
    assertEquals(List.of("quote none none", "trade 7 at 17"), talk.story());
    assertEquals(List.of("trades-lost"), talk.faults);
  }

  @Test
  void tradesBetweenTwoTimesOfWatchingAreNotMissed() {
    trade(5);
    talk.watch(Map.of(PERPETUAL, Detail.PRICE));
    talk.watch(Map.of(PERPETUAL, Detail.QUOTE));
    trade(50);
    assertEquals(List.of("trade 5 at 15", "trade 50 at 150"), talk.story());
    assertEquals(List.of(), talk.faults);
  }
}
