package dev.tapeline.feed.deribit;

import static dev.tapeline.feed.deribit.DeribitTalk.CALL;
import static dev.tapeline.feed.deribit.DeribitTalk.DVOL;
import static dev.tapeline.feed.deribit.DeribitTalk.INDEX;
import static dev.tapeline.feed.deribit.DeribitTalk.PERPETUAL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.Detail;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.market.book.OrderBook;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of what arrives: tickers, trades, books and prices that were asked for. */
class DeribitSessionTest {

  private static final String FULL =
      """
      "best_bid_price":0.0150,"best_bid_amount":2.5,"best_ask_price":0.0,"best_ask_amount":0.0,\
      "last_price":0.0155,"mark_price":0.015251,"mark_iv":61.50,"bid_iv":0.0,"ask_iv":63.2,\
      "underlying_price":101234.5678,"open_interest":12.30,"index_price":101000.1,\
      "stats":{"volume":1.0,"price_change":null,"low":0.0100,"high":0.0200},\
      "greeks":{"delta":0.5,"gamma":0.00001,"theta":-3.2,"vega":40.1,"rho":9.9}\
      """;

  @Test
  void aTickerGivesExactFigures() {
    DeribitTalk talk = DeribitTalk.of(CALL, Detail.PRICE);
    talk.ticker(CALL.securityId(), FULL);
    assertEquals(
        List.of(
            "last 0.0155",
            "quote 0.0150 x 2.5 none",
            "day 0.0200 0.0100 1.0",
            "open interest 12.30",
            "marks BTC-25DEC26-100000-C iv null/61.50/63.2 price 0.015251 of 101234.5678"),
        talk.story());
    Tick.Marks marks = (Tick.Marks) talk.ticks.ticks().getLast();
    assertEquals(new BigDecimal("0.00001"), marks.gamma());
    assertEquals(talk.now(), marks.times().exchange());
  }

  @Test
  void figuresThatStayTheSameAreToldOnce() {
    DeribitTalk talk = DeribitTalk.of(CALL, Detail.PRICE);
    talk.ticker(CALL.securityId(), FULL);
    talk.story();
    talk.ticker(CALL.securityId(), FULL);
    assertEquals(
        List.of(
            "quote 0.0150 x 2.5 none",
            "marks BTC-25DEC26-100000-C iv null/61.50/63.2 price 0.015251 of 101234.5678"),
        talk.story());
  }

  @Test
  void whatIsNullOrAbsentIsNotTold() {
    DeribitTalk talk = DeribitTalk.of(PERPETUAL, Detail.PRICE);
    talk.ticker(
        PERPETUAL.securityId(),
        """
        "best_bid_price":null,"last_price":null,"stats":{"volume":null,"high":null,"low":null}\
        """);
    talk.ticker(PERPETUAL.securityId(), "\"stats\":{\"volume\":7.0,\"high\":null}");
    assertEquals(List.of("quote none none", "quote none none", "day null null 7.0"), talk.story());
    assertEquals(List.of(), talk.faults);
  }

  @Test
  void theLastPriceComesFromTheTickerUntilATradeTellsIt() {
    DeribitTalk talk = DeribitTalk.of(PERPETUAL, Detail.QUOTE);
    talk.ticker("BTC-PERPETUAL", "\"last_price\":100.0");
    talk.trade("BTC-PERPETUAL", 5, "101.5");
    talk.ticker("BTC-PERPETUAL", "\"last_price\":102.5");
    assertEquals(
        List.of("last 100.0", "quote none none", "trade 5 at 101.5", "quote none none"),
        talk.story());
    talk.broke();
    talk.opened();
    talk.ticker("BTC-PERPETUAL", "\"last_price\":103.0");
    assertEquals(List.of("last 103.0", "quote none none"), talk.story());
  }

  @Test
  void tradesComeOnceInTheOrderOfTheirNumbers() {
    DeribitTalk talk = DeribitTalk.of(PERPETUAL, Detail.QUOTE);
    talk.push(
        "trades.BTC-PERPETUAL.100ms",
        "[%s,%s]"
            .formatted(
                talk.tradeRow("BTC-PERPETUAL", 8, "3"), talk.tradeRow("BTC-PERPETUAL", 7, "2")));
    talk.trade("BTC-PERPETUAL", 8, "3");
    talk.trade("BTC-PERPETUAL", 9, "4");
    assertEquals(List.of("trade 7 at 2", "trade 8 at 3", "trade 9 at 4"), talk.story());
    assertEquals(List.of(), talk.faults);
    Tick.Trade trade = (Tick.Trade) talk.ticks.ticks().getFirst();
    assertEquals(new BigDecimal("10.0"), trade.quantity());
    assertEquals("BUY", String.valueOf(trade.aggressor()));
  }

  @Test
  void aBadTradeLosesNoGoodOne() {
    DeribitTalk talk = DeribitTalk.of(PERPETUAL, Detail.QUOTE);
    talk.push(
        "trades.BTC-PERPETUAL.100ms",
        "[%s,{\"instrument_name\":\"BTC-PERPETUAL\",\"price\":\"x\"},7,%s]"
            .formatted(
                talk.tradeRow("BTC-PERPETUAL", 7, "2"), talk.tradeRow("BTC-PERPETUAL", 8, "3")));
    assertEquals(List.of("trade 7 at 2", "trade 8 at 3"), talk.story());
    assertEquals(List.of("data", "data"), talk.faults);
  }

  @Test
  void indicesHaveValues() {
    DeribitTalk talk = new DeribitTalk();
    talk.watch(Map.of(INDEX, Detail.QUOTE, DVOL, Detail.PRICE));
    talk.opened();
    talk.index("btc_usd", "101000.10");
    talk.push(
        "deribit_volatility_index.btc_usd",
        "{\"volatility\":55.123,\"timestamp\":%d,\"index_name\":\"btc_usd\"}"
            .formatted(talk.now()));
    assertEquals(List.of("BTC_USD 101000.10", "DVOL-BTC 55.123"), talk.story());
  }

  @Test
  void whatIsNotWatchedIsNotTold() {
    DeribitTalk talk = DeribitTalk.of(PERPETUAL, Detail.QUOTE);
    talk.ticker("ETH-PERPETUAL", "\"last_price\":1");
    talk.trade("ETH-PERPETUAL", 1, "1");
    talk.snapshot("BTC-PERPETUAL", 5, "99");
    talk.index("btc_usd", "1");
    talk.push("deribit_price_ranking.btc_usd", "[]");
    assertEquals(List.of(), talk.story());
    assertEquals(List.of("channel"), talk.faults);
  }

  @Test
  void aBookFollowsItsSnapshot() {
    DeribitTalk talk = DeribitTalk.of(PERPETUAL, Detail.BOOK);
    talk.change("BTC-PERPETUAL", 4, 5, "98");
    talk.snapshot("BTC-PERPETUAL", 5, "99");
    talk.change("BTC-PERPETUAL", 5, 9, "98.5");
    talk.change("BTC-PERPETUAL", 9, 10, "97");
    talk.change("BTC-PERPETUAL", 9, 10, "97");
    assertEquals(List.of("whole 5-5 [99]", "change 6-9 [98.5]", "change 10-10 [97]"), talk.story());
    assertEquals(List.of("book-stale"), talk.faults);
  }

  @Test
  void aGapMakesTheBookVoidUntilTheChannelIsSubscribedAnew() {
    DeribitTalk talk = DeribitTalk.of(PERPETUAL, Detail.BOOK);
    OrderBook book = new OrderBook(OrderBook.Start.SNAPSHOT);
    talk.snapshot("BTC-PERPETUAL", 5, "99");
    talk.change("BTC-PERPETUAL", 7, 9, "98.5");
    talk.change("BTC-PERPETUAL", 9, 10, "97");
    assertEquals(List.of("whole 5-5 [99]", "change 8-9 []"), talk.story());
    talk.ticks.ticks().forEach(tick -> book.apply((Tick.Depth) tick));
    assertEquals(List.of(), book.bids(10));
    talk.pass(100);
    assertEquals(
        List.of("unsubscribe book.BTC-PERPETUAL.100ms", "subscribe book.BTC-PERPETUAL.100ms"),
        talk.take(""));
    assertEquals("live no book of BTC-PERPETUAL", talk.told.getLast());
    talk.snapshot("BTC-PERPETUAL", 20, "96");
    talk.change("BTC-PERPETUAL", 20, 21, "95");
    assertEquals(List.of("whole 20-20 [96]", "change 21-21 [95]"), talk.story());
    talk.ticks.ticks().forEach(tick -> book.apply((Tick.Depth) tick));
    assertTrue(book.isWhole());
    assertEquals(List.of("book-gap"), talk.faults);
    talk.pass(100);
    assertEquals("live null", talk.told.getLast());
  }

  @Test
  void aSnapshotThatDoesNotComeIsAskedForAgain() {
    DeribitTalk talk = DeribitTalk.of(PERPETUAL, Detail.BOOK);
    talk.snapshot("BTC-PERPETUAL", 5, "99");
    talk.change("BTC-PERPETUAL", 7, 9, "98.5");
    talk.pass(100);
    assertEquals(2, talk.take("").size());
    talk.pass(9900);
    assertEquals(List.of(), talk.take(""));
    talk.pass(200);
    assertEquals(2, talk.take("").size());
  }

  @Test
  void numbersThatBeginAnewGoOnFromTheNewest() {
    DeribitTalk talk = DeribitTalk.of(PERPETUAL, Detail.BOOK);
    OrderBook book = new OrderBook(OrderBook.Start.SNAPSHOT);
    talk.snapshot("BTC-PERPETUAL", 500, "99");
    talk.change("BTC-PERPETUAL", 500, 510, "98");
    talk.broke();
    talk.opened();
    talk.snapshot("BTC-PERPETUAL", 3, "50");
    talk.change("BTC-PERPETUAL", 3, 4, "49");
    talk.ticks.ticks().forEach(tick -> book.apply((Tick.Depth) tick));
    assertEquals(
        List.of("50", "49"),
        book.bids(9).stream().map(level -> level.price().toPlainString()).toList());
    assertEquals(List.of(), talk.faults);
  }

  @Test
  void changesWithoutASnapshotLeadToAnotherSubscription() {
    DeribitTalk talk = DeribitTalk.of(PERPETUAL, Detail.BOOK);
    talk.push("book.BTC-PERPETUAL.100ms", "{\"type\":\"snapshot\",\"bids\":7}");
    talk.change("BTC-PERPETUAL", 5, 6, "98");
    talk.pass(10_100);
    assertEquals(List.of(), talk.take(""));
    talk.change("BTC-PERPETUAL", 6, 7, "98");
    talk.pass(100);
    assertEquals(
        List.of("unsubscribe book.BTC-PERPETUAL.100ms", "subscribe book.BTC-PERPETUAL.100ms"),
        talk.take(""));
    assertEquals(List.of(), talk.story());
  }

  @Test
  void aNewConnectionBeginsBooksAnew() {
    DeribitTalk talk = DeribitTalk.of(PERPETUAL, Detail.BOOK);
    talk.snapshot("BTC-PERPETUAL", 5, "99");
    talk.broke();
    talk.opened();
    talk.change("BTC-PERPETUAL", 5, 6, "98");
    talk.snapshot("BTC-PERPETUAL", 8, "97");
    assertEquals(List.of("whole 5-5 [99]", "whole 8-8 [97]"), talk.story());
    assertEquals(List.of(), talk.faults);
  }

  @Test
  void aPriceIsAskedForAtOnceAndAgainWhileNothingElseComes() {
    DeribitTalk talk = new DeribitTalk();
    talk.ask(CALL, INDEX, DVOL);
    assertEquals(
        List.of(
            "call index:btc_usd",
            "call ticker:BTC-25DEC26-100000-C",
            "call volatility:DVOL.btc_usd"),
        talk.take("call").stream().sorted().toList());
    assertTrue(
        talk.addresses.contains(
            "https://www.deribit.com/api/v2/public/ticker?instrument_name=BTC-25DEC26-100000-C"),
        talk.addresses::toString);
    talk.answer("ticker:BTC-25DEC26-100000-C", talk.tickerData(CALL.securityId(), FULL));
    talk.answer("index:btc_usd", "{\"index_price\":101.50,\"estimated_delivery_price\":101.5}");
    talk.answer(
        "volatility:DVOL.btc_usd",
        "{\"data\":[[1,50.1,50.2,50.0,50.1],[2,50.1,50.2,50.0,50.17]],\"continuation\":null}");
    assertEquals(List.of("last 0.0155", "BTC_USD 101.50", "DVOL-BTC 50.17"), talk.story());
    talk.pass(19_900);
    assertEquals(List.of(), talk.take(""));
    talk.pass(100);
    assertEquals(3, talk.take("call").size());
    assertEquals(List.of(), talk.faults);
  }

  @Test
  void aPriceThatComesAnywayIsNotAskedForAgain() {
    DeribitTalk talk = new DeribitTalk();
    talk.arrive(
        new Arrival.Watch(
            new Watchlist(Map.of(INDEX, Detail.PRICE), Set.of(), Set.of(INDEX), Set.of()),
            talk.now()));
    talk.opened();
    assertEquals(List.of("call index:btc_usd"), talk.take("call"));
    for (int i = 0; i < 5; i++) {
      talk.pass(10_000);
      talk.index("btc_usd", "101");
    }
    assertEquals(List.of(), talk.take("call"));
  }

  @Test
  void manyPricesAreAskedForByOneCall() {
    DeribitTalk talk = new DeribitTalk();
    talk.ask(DeribitTalk.many(11, i -> "BTC-25DEC26-%d-P".formatted(i + 1)));
    assertEquals(List.of("call summary:BTC:option"), talk.take("call"));
    talk.answer(
        "summary:BTC:option",
        """
        [{"instrument_name":"BTC-25DEC26-3-P","last":0.02,"creation_timestamp":5},\
        {"instrument_name":"BTC-25DEC26-4-P","last":null,"creation_timestamp":5},\
        {"instrument_name":"BTC-25DEC26-99-P","last":1,"creation_timestamp":5}]\
        """);
    assertEquals(List.of("last 0.02"), talk.story());
  }

  @Test
  void anOlderAnswerDoesNotOverwriteAPrice() {
    DeribitTalk talk = new DeribitTalk();
    talk.ask(PERPETUAL);
    String data = talk.tickerData("BTC-PERPETUAL", "\"last_price\":100");
    talk.pass(100);
    talk.ticker("BTC-PERPETUAL", "\"last_price\":101");
    talk.answer("ticker:BTC-PERPETUAL", data);
    assertEquals(List.of("last 101", "quote none none"), talk.story());
  }

  @Test
  void refusedCallsPauseForLongerEachTime() {
    DeribitTalk talk = new DeribitTalk();
    talk.ask(PERPETUAL);
    talk.requests.clear();
    for (int i = 0; i < 4; i++) {
      talk.answer(
          "ticker:BTC-PERPETUAL", 429, "{\"error\":{\"code\":10028,\"message\":\"too_many\"}}");
    }
    assertEquals(
        List.of(
            "rest credits 10",
            "rest lists 10",
            "rest credits 30",
            "rest lists 30",
            "rest credits 60",
            "rest lists 60",
            "rest credits 60",
            "rest lists 60"),
        talk.take("rest"));
    talk.answer("ticker:BTC-PERPETUAL", 400, "{}");
    talk.answer("ticker:BTC-PERPETUAL", 200, "<html>");
    talk.answer("ticker:BTC-PERPETUAL", 200, "{\"result\":[]}");
    assertEquals(List.of("rate", "rate", "rate", "rate", "rest", "answer", "answer"), talk.faults);
    assertEquals(List.of(), talk.story());
  }

  @Test
  void badFramesEndNothing() {
    DeribitTalk talk = DeribitTalk.of(PERPETUAL, Detail.BOOK);
    talk.frame("");
    talk.frame("[]");
    talk.frame("{");
    talk.frame("{\"method\":\"subscription\"}");
    talk.ticker("BTC-PERPETUAL", "\"last_price\":\"1\"");
    talk.ticker("BTC-PERPETUAL", "\"last_price\":1e99");
    talk.ticker("BTC-PERPETUAL", "\"open_interest\":-1");
    talk.change("BTC-PERPETUAL", 9, 7, "1");
    talk.push("trades.BTC-PERPETUAL.100ms", "{}");
    assertEquals(List.of(), talk.story());
    assertEquals(
        List.of("json", "json", "json", "json", "data", "data", "data", "data", "data"),
        talk.faults);
    talk.ticker("BTC-PERPETUAL", "\"last_price\":1E+2");
    assertEquals(List.of("last 100", "quote none none"), talk.story());
    talk.idle(Duration.ofSeconds(20));
    assertEquals(List.of(), talk.take(""));
  }

  @Test
  void instrumentsKeepWhatTheWatchlistSaysOfThem() {
    Instrument named =
        new Instrument.Pair(
            DeribitNames.reference("BTC-PERPETUAL", "Bitcoin for ever", BigDecimal.TEN));
    DeribitTalk talk = DeribitTalk.of(named, Detail.QUOTE);
    talk.trade("BTC-PERPETUAL", 1, "5");
    assertEquals(named, talk.ticks.ticks().getFirst().instrument());
  }
}
