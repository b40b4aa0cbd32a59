package dev.tapeline.feed.dhan;

import static dev.tapeline.feed.dhan.Dhan.HDFCBANK;
import static dev.tapeline.feed.dhan.Dhan.NIFTY;
import static dev.tapeline.feed.dhan.Dhan.OPTION;
import static dev.tapeline.feed.dhan.Dhan.TEN_SENT;
import static dev.tapeline.feed.dhan.Dhan.quote;
import static dev.tapeline.feed.dhan.Dhan.ticker;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.Detail;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.SocketEnd;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sockets, subscriptions and seeds of a session. */
class DhanSessionTest {
  private static final Map<Instrument, Detail> ONE = Map.of(HDFCBANK, Detail.QUOTE);
  private static final String SUBSCRIBE =
      "send feed-1 {RequestCode:17,InstrumentCount:1,InstrumentList:["
          + "{ExchangeSegment:NSE_EQ,SecurityId:1333}]}";

  private final Script script = new Script(options -> options);

  private static void step(Script script, boolean passes, int seconds) {
    long then = script.now + seconds * 1000L;
    if (passes) {
      script.pass(seconds);
    }
    script.now = then;
  }

  @Test
  void theFirstWatchOpensASocketAndSubscribesOnceItIsOpen() {
    script.watch(ONE);
    assertEquals(List.of("open feed-1 0", "tell DOWN connecting"), script.took());
    script.pass(3);
    assertEquals(List.of(), script.took("send"), "nothing is sent before it is open");
    script.opened("feed-1");
    assertEquals(List.of(SUBSCRIBE, "call quote 1", "tell DOWN no prices yet"), script.took());
    script.frame("feed-1", quote(1333, "100", 5, TEN_SENT, 1000));
    assertEquals(List.of("tell LIVE"), script.took());
    assertEquals(List.of("LastPrice", "DayStats"), script.kinds());
  }

  @Test
  void aPriceThatIsAskedForIsToldAlthoughTheFeedIsQuiet() {
    script.watch(ONE).opened("feed-1");
    script.frame("feed-1", quote(1333, "100", 5, TEN_SENT, 1000));
    script.told();
    script.took();
    script.arrive(
        new Arrival.Watch(new Watchlist(ONE, Set.of(), Set.of(HDFCBANK), Set.of()), script.now));
    script.pass(1);
    assertEquals(List.of("call quote 2"), script.took("call"));
    script.answer(
        "quote 2", 200, "{'status':'success','data':{'NSE_EQ':{'1333':{'last_price':99}}}}");
    List<Tick> told = script.told();
    assertEquals(1, told.size(), told::toString);
    assertEquals(
        new BigDecimal("100"), ((Tick.LastPrice) told.getFirst()).price(), "the feed's, no other");
  }

  @Test
  void theTokenIsReadAnewAtEachConnect() {
    script.watch(Map.of(NIFTY, Detail.PRICE));
    assertEquals(
        "version=2&token=token-1&clientId=1000&authType=2",
        script.addresses.get("feed-1").get().uri().getQuery());
    script.token = "token-2";
    assertTrue(script.addresses.get("feed-1").get().uri().getQuery().contains("token=token-2"));
    assertEquals("wss://api-feed.dhan.co/", script.addresses.get("feed-1").get().toString());
  }

  @Test
  void detailsBecomeModes() {
    script.watch(Map.of(NIFTY, Detail.BOOK, HDFCBANK, Detail.PRICE, OPTION, Detail.BOOK));
    script.took();
    script.opened("feed-1");
    script.pass(0.2);
    assertEquals(
        List.of(
            "send feed-1 {RequestCode:17,InstrumentCount:2,InstrumentList:["
                + "{ExchangeSegment:IDX_I,SecurityId:13},"
                + "{ExchangeSegment:NSE_EQ,SecurityId:1333}]}",
            "send feed-1 {RequestCode:21,InstrumentCount:1,InstrumentList:["
                + "{ExchangeSegment:NSE_FNO,SecurityId:55796}]}"),
        script.took("send"));
  }

  @Test
  void anotherDetailIsAnotherSubscription() {
    script.live().watch(Map.of(HDFCBANK, Detail.BOOK, NIFTY, Detail.QUOTE)).pass(0.5);
    assertEquals(
        List.of(
            "send feed-1 {RequestCode:18,InstrumentCount:1,InstrumentList:["
                + "{ExchangeSegment:NSE_EQ,SecurityId:1333}]}",
            "send feed-1 {RequestCode:17,InstrumentCount:1,InstrumentList:["
                + "{ExchangeSegment:IDX_I,SecurityId:13}]}",
            "send feed-1 {RequestCode:21,InstrumentCount:1,InstrumentList:["
                + "{ExchangeSegment:NSE_EQ,SecurityId:1333}]}"),
        script.took("send"));
    script.watch(Map.of()).pass(0.5);
    assertEquals(List.of("close feed-1", "tell CLOSED nothing is watched"), script.took());
  }

  @Test
  void aSeedDoesNotOverwriteWhatTheFeedHasSent() {
    script.live();
    script.answer(
        "quote 1", 200, "{'status':'success','data':{'NSE_EQ':{'1333':{'last_price':99}}}}");
    assertEquals(List.of(), script.told());
    script.reset("feed-1").opened("feed-1");
    script.answer(
        "quote 2", 200, "{'status':'success','data':{'NSE_EQ':{'1333':{'last_price':99}}}}");
    assertEquals(List.of("LastPrice"), script.kinds());
  }

  @Test
  void aPriceThatOthersAskForIsAskedForAtOnceAndNowAndThen() {
    script.live();
    script.arrive(
        new Arrival.Watch(new Watchlist(ONE, Set.of(), Set.of(OPTION), Set.of()), script.now));
    script.pass(0.1);
    assertEquals(List.of("call quote 2"), script.took("call"));
    assertEquals("{\"NSE_FNO\":[55796]}", script.calls.get("quote 2").json());
    script.answer(
        "quote 2", 200, "{'status':'success','data':{'NSE_FNO':{'55796':{'last_price':152.3}}}}");
    assertEquals(List.of("LastPrice"), script.kinds());
    script.pass(31);
    assertEquals(List.of("call quote 3"), script.took("call"));
    script.watch(ONE).pass(60);
    assertEquals(List.of(), script.took("call"));
  }

  @Test
  void tooManyInstrumentsAreSpread() {
    script.watch(Script.shares(40)).opened("feed-1").pass(1).took();
    script.frame("feed-1", Dhan.disconnect(804));
    assertEquals(List.of("open feed-1 200", "open feed-2 0"), script.took("open"));
    script.opened("feed-1").opened("feed-2").pass(1);
    List<String> sent = script.took("send");
    assertEquals(2, sent.size());
    assertTrue(sent.stream().allMatch(line -> line.contains("InstrumentCount:20")));
  }

  @ParameterizedTest
  @ValueSource(ints = {800, 899})
  void anInternalErrorIsAsAReset(int code) {
    script.live().frame("feed-1", Dhan.disconnect(code));
    assertEquals(List.of("open feed-1 200"), script.took("open"));
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void aRefusedHandshakeIsAboutTheToken(int status) {
    script.watch(ONE).ended("feed-1", new SocketEnd.Refused(status, "")).took("open");
    script.pass(100);
    assertEquals(List.of(), script.took());
  }

  @Test
  void aMissingTokenIsSaidBeforeAnythingIsOpened() {
    script.token = null;
    script.watch(ONE);
    assertEquals(List.of("tell DOWN auth: DHANHQ_ACCESS_TOKEN is not set"), script.took());
    script.token = "now";
    script.pass(3);
    assertEquals(List.of("open feed-1 0"), script.took("open"));
  }

  @Test
  void instrumentsOfOthersAreCounted() {
    script.watch(Map.of(Instrument.binance("BTCUSDT"), Detail.QUOTE));
    assertEquals(
        List.of(
            "fault instrument: BINANCE:BTCUSDT is none of Dhan's",
            "tell CLOSED nothing is watched"),
        script.took());
  }

  @Test
  void badPacketsAreCountedAndEndNothing() {
    script.live().frame("feed-1", new byte[] {99, 8, 0, 1, 0, 0, 0, 0});
    script.frame("feed-1", new byte[5]);
    script.text("feed-1", "hello");
    script.frame("feed-1", quote(1333, "101", 5, TEN_SENT, 1005));
    assertEquals(
        List.of(
            "fault code: a packet of the unknown code 99",
            "fault text: a text message on a socket of packets"),
        script.took());
    assertEquals(List.of("Trade", "DayStats"), script.kinds());
  }

  @Test
  void oneOfSeveralConnectionsThatIsDownIsSaid() {
    Script many = Script.limited(5, 10);
    many.watch(Script.shares(15)).opened("feed-1").opened("feed-2");
    many.frame("feed-1", ticker(1, "5", TEN_SENT)).took();
    many.reset("feed-2");
    assertEquals(
        List.of("tell LIVE 1 of 2 connections are down: reset by the vendor"), many.took("tell"));
  }

  /** The ticks of a recording are those of the day, as they depend on arrivals alone. */
  @Test
  void withoutTimeTheTicksAreTheSame() {
    Script timed = new Script(options -> options);
    Script untimed = new Script(options -> options);
    for (Script one : List.of(timed, untimed)) {
      boolean passes = one == timed;
      one.watch(Map.of(HDFCBANK, Detail.BOOK, NIFTY, Detail.QUOTE)).opened("feed-1");
      one.frame("feed-1", quote(1333, "100", 5, TEN_SENT, 1000));
      step(one, passes, 12);
      one.answer(
          "quote 1", 200, "{'status':'success','data':{'IDX_I':{'13':{'last_price':24000}}}}");
      one.reset("feed-1");
      step(one, passes, 30);
      one.opened("feed-1");
      one.answer(
          "quote 2", 200, "{'status':'success','data':{'NSE_EQ':{'1333':{'last_price':101}}}}");
      one.frame("feed-1", quote(1333, "102", 5, TEN_SENT + 20, 1100));
    }
    List<Tick> told = timed.told();
    assertEquals(6, told.size());
    assertEquals(told, untimed.told());
  }
}
