package dev.tapeline.feed.deribit;

import static dev.tapeline.feed.deribit.DeribitTalk.CHAIN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.Watchlist;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whole option chains, and the lists of instruments that they come from. */
class DeribitChainTest {

  private static final DeribitOptions.Streams SMALL =
      new DeribitOptions.Streams("100ms", 200, 2000, 4);

  @Test
  void aChainIsListedThenSubscribedAndSeeded() {
    DeribitTalk talk = new DeribitTalk();
    talk.arrive(new Arrival.Watch(new Watchlist(Map.of(), Set.of(CHAIN)), talk.now()));
    assertEquals(
        List.of(
            "open deribit 0",
            "call instruments:BTC:future",
            "call instruments:BTC:option",
            "call instruments:BTC:spot"),
        talk.take(""));
    talk.opened();
    assertEquals(
        List.of("subscribe deribit_price_index.btc_usd,instrument.state.option.BTC"),
        talk.take("subscribe"));
    talk.list(100_000, 90_000);
    assertEquals(
        List.of(
            "subscribe ticker.BTC-25DEC26-90000-C.100ms,ticker.BTC-25DEC26-90000-P.100ms,"
                + "ticker.BTC-25DEC26-100000-C.100ms,ticker.BTC-25DEC26-100000-P.100ms",
            "call summary:BTC:option"),
        talk.take(""));
    talk.answer("summary:BTC:option", summary(talk, "BTC-25DEC26-90000-C"));
    assertEquals(
        List.of(
            "last 0.2",
            "quote 0.19 x null none",
            "day 0.3 0.1 4.0",
            "open interest 5.5",
            "marks BTC-25DEC26-90000-C iv null/60.1/null price 0.195 of 100500.0"),
        talk.story());
    talk.index("btc_usd", "100400");
    assertEquals(List.of("BTC_USD 100400"), talk.story());
    talk.pass(60_000);
    assertEquals(List.of(), talk.take("call summary"));
  }

  private static String summary(DeribitTalk talk, String name) {
    return """
    [{"instrument_name":"%s","bid_price":0.19,"ask_price":null,"mid_price":null,\
    "mark_price":0.195,"last":0.2,"high":0.3,"low":0.1,"mark_iv":60.1,"open_interest":5.5,\
    "volume":4.0,"underlying_price":100500.0,"underlying_index":"BTC-25DEC26",\
    "creation_timestamp":%d}]\
    """
        .formatted(name, talk.now());
  }

  @Test
  void aSummaryDoesNotOverwriteATicker() {
    DeribitTalk talk = DeribitTalk.ofChain(DeribitOptions.Streams.DEFAULT, 90_000);
    talk.ticker("BTC-25DEC26-90000-C", "\"mark_iv\":61.5");
    talk.story();
    talk.answer("summary:BTC:option", summary(talk, "BTC-25DEC26-90000-C"));
    assertEquals(List.of(), talk.story());
  }

  @Test
  void aSummaryThatDoesNotComeIsAskedForAgain() {
    DeribitTalk talk = DeribitTalk.ofChain(DeribitOptions.Streams.DEFAULT, 90_000);
    assertEquals(1, talk.take("call summary").size());
    talk.answer("summary:BTC:option", 500, "");
    talk.pass(31_000);
    assertEquals(1, talk.take("call summary").size());
  }

  @Test
  void aLargeChainHasMarkPricesAndTickersNearTheMoney() {
    DeribitTalk talk =
        DeribitTalk.ofChain(SMALL, 80_000, 90_000, 100_000, 110_000, 120_000, 130_000);
    assertTrue(
        talk.take("subscribe").getLast().endsWith("markprice.options.btc_usd"), "no mark prices");
    talk.index("btc_usd", "109000");
    talk.pass(100);
    assertEquals(List.of("subscribe " + tickers(110_000, 100_000)), talk.take("subscribe"));
    talk.index("btc_usd", "110000");
    talk.pass(100);
    assertEquals(List.of(), talk.take(""));
    talk.index("btc_usd", "121000");
    talk.pass(100);
    assertEquals(
        List.of(
            "unsubscribe ticker.BTC-25DEC26-100000-C.100ms,ticker.BTC-25DEC26-100000-P.100ms,"
                + "ticker.BTC-25DEC26-110000-C.100ms,ticker.BTC-25DEC26-110000-P.100ms",
            "subscribe " + tickers(120_000, 130_000)),
        talk.take(""));
    talk.pass(30_000);
    assertEquals(1, talk.take("call summary").size());
  }

  private static String tickers(int... strikes) {
    StringBuilder names = new StringBuilder();
    for (int strike : strikes) {
      names.append(",ticker.BTC-25DEC26-%d-C.100ms".formatted(strike));
      names.append(",ticker.BTC-25DEC26-%d-P.100ms".formatted(strike));
    }
    return names.substring(1);
  }

  @Test
  void markPricesAreFractionsAndYieldToATickerForAMinute() {
    DeribitTalk talk = DeribitTalk.ofChain(SMALL, 80_000, 90_000, 100_000);
    talk.ticker("BTC-25DEC26-90000-C", "\"mark_iv\":61.5");
    talk.story();
    String rows =
        """
        [{"instrument_name":"BTC-25DEC26-90000-C","mark_price":0.2,"iv":0.615,"timestamp":7},\
        {"instrument_name":"BTC-25DEC26-80000-P","mark_price":0.01,"iv":0.9,"timestamp":7},\
        {"instrument_name":"BTC-26DEC26-80000-P","mark_price":0.01,"iv":0.9,"timestamp":7},\
        {"instrument_name":"BTC-25DEC26-80000-C","mark_price":0.3,"iv":"x","timestamp":7}]\
        """;
    talk.push("markprice.options.btc_usd", rows);
    assertEquals(
        List.of("marks BTC-25DEC26-80000-P iv null/90/null price 0.01 of null"), talk.story());
    assertEquals(List.of("data"), talk.faults);
    talk.pass(60_000);
    talk.push("markprice.options.btc_usd", rows);
    assertEquals(
        List.of(
            "marks BTC-25DEC26-90000-C iv null/61.5/null price 0.2 of null",
            "marks BTC-25DEC26-80000-P iv null/90/null price 0.01 of null"),
        talk.story());
  }

  @Test
  void anExpiredInstrumentLeavesAndTheListIsAskedForSoon() {
    DeribitTalk talk = DeribitTalk.ofChain(DeribitOptions.Streams.DEFAULT, 90_000, 100_000);
    talk.requests.clear();
    talk.push(
        "instrument.state.option.BTC",
        "{\"timestamp\":1,\"state\":\"closed\",\"instrument_name\":\"BTC-25DEC26-90000-C\"}");
    talk.pass(100);
    assertEquals(List.of("unsubscribe ticker.BTC-25DEC26-90000-C.100ms"), talk.take("unsubscribe"));
    talk.ticker("BTC-25DEC26-90000-C", "\"last_price\":1");
    assertEquals(List.of(), talk.story());
    assertEquals(
        List.of("BTC-25DEC26-100000-C", "BTC-25DEC26-100000-P", "BTC-25DEC26-90000-P"),
        symbols(talk).stream().filter(symbol -> symbol.startsWith("BTC-")).toList());
    talk.pass(5000);
    assertEquals(3, talk.take("call instruments").size());
  }

  @Test
  void aNewStrikeIsSubscribed() {
    DeribitTalk talk = DeribitTalk.ofChain(DeribitOptions.Streams.DEFAULT, 90_000);
    talk.requests.clear();
    talk.push(
        "instrument.state.option.BTC",
        "{\"timestamp\":1,\"state\":\"created\",\"instrument_name\":\"BTC-25DEC26-95000-C\"}");
    talk.list(90_000, 95_000);
    assertEquals(
        List.of("subscribe ticker.BTC-25DEC26-95000-C.100ms,ticker.BTC-25DEC26-95000-P.100ms"),
        talk.take("subscribe"));
  }

  @Test
  void instrumentsAreAnnouncedWheneverTheyChange() {
    DeribitTalk talk = new DeribitTalk(DeribitOptions.DEFAULT);
    talk.pass(100);
    assertEquals(List.of("BTC_USD", "DVOL-BTC", "DVOL-ETH", "ETH_USD"), symbols(talk));
    assertEquals(6, talk.take("call instruments").size());
    talk.list(100_000);
    assertEquals(
        List.of(
            "BTC-25DEC26-100000-C",
            "BTC-25DEC26-100000-P",
            "BTC_USD",
            "DVOL-BTC",
            "DVOL-ETH",
            "ETH_USD"),
        symbols(talk));
    talk.list(100_000);
    assertEquals(2, talk.announced.size());
  }

  private static List<String> symbols(DeribitTalk talk) {
    return talk.announced.getLast().stream().map(Instrument::symbol).toList();
  }

  @Test
  void listsAreAskedForAgainAMinuteAfterEachHourAndAfterAFailure() {
    DeribitTalk talk = new DeribitTalk(DeribitOptions.DEFAULT);
    talk.pass(100);
    talk.requests.clear();
    talk.list(100_000);
    talk.answer("instruments:BTC:future", 500, "");
    talk.pass(30_000);
    assertEquals(
        List.of(
            "call instruments:BTC:future",
            "call instruments:BTC:spot",
            "call instruments:ETH:future",
            "call instruments:ETH:option",
            "call instruments:ETH:spot"),
        talk.take("call instruments"));
    long nextHour = (talk.now() / 3_600_000 + 1) * 3_600_000;
    talk.arrive(new Arrival.Time(nextHour + 59_000));
    assertTrue(!talk.take("call").contains("call instruments:BTC:option"), "too early");
    talk.arrive(new Arrival.Time(nextHour + 61_000));
    assertTrue(talk.take("call").contains("call instruments:BTC:option"), "not asked for");
  }

  @Test
  void aListThatCannotBeReadChangesNothing() {
    DeribitTalk talk = DeribitTalk.ofChain(DeribitOptions.Streams.DEFAULT, 90_000);
    int before = talk.announced.size();
    talk.answer("instruments:BTC:option", "{}");
    talk.answer("instruments:BTC:option", "[{\"kind\":\"option\"}]");
    assertEquals(List.of("instruments", "instrument"), talk.faults);
    assertEquals(before + 1, talk.announced.size());
    talk.answer("instruments:XXX:option", "[]");
    talk.answer("nonsense", "[]");
    assertEquals(2, talk.faults.size());
  }

  @Test
  void anOptionOfAChainIsKnownByItsNameWhereNoListHasCome() {
    DeribitTalk talk = new DeribitTalk();
    talk.arrive(new Arrival.Watch(new Watchlist(Map.of(), Set.of(CHAIN)), talk.now()));
    talk.opened();
    talk.ticker("BTC-25DEC26-90000-C", "\"last_price\":0.2");
    talk.ticker("BTC-26DEC26-90000-C", "\"last_price\":0.2");
    talk.ticker("nonsense", "\"last_price\":0.2");
    assertEquals(List.of("last 0.2", "quote none none"), talk.story());
    assertInstanceOf(Instrument.Option.class, talk.ticks.ticks().getFirst().instrument());
  }

  @Test
  void aChainOfALinearOptionIsListedUnderItsCurrency() {
    DeribitTalk talk = new DeribitTalk();
    ChainKey chain = new ChainKey("SOL_USDC", LocalDate.of(2026, 12, 25));
    talk.arrive(new Arrival.Watch(new Watchlist(Map.of(), Set.of(chain)), talk.now()));
    assertTrue(talk.take("call").contains("call instruments:USDC:option"), "not asked for");
    talk.opened();
    assertEquals(
        List.of("subscribe deribit_price_index.sol_usdc,instrument.state.option.USDC"),
        talk.take("subscribe"));
  }

  @Test
  void aChainThatDeribitCannotHaveIsLeftOut() {
    DeribitTalk talk = new DeribitTalk();
    ChainKey chain = new ChainKey("NIFTY.50&X", LocalDate.of(2026, 12, 25));
    talk.arrive(new Arrival.Watch(new Watchlist(Map.of(), Set.of(chain)), talk.now()));
    talk.pass(1000);
    assertEquals(List.of(), talk.take(""));
    assertEquals(List.of("currency"), talk.faults);
  }
}
