package dev.tapeline.feed.dhan;

import static dev.tapeline.feed.dhan.Dhan.HDFCBANK;
import static dev.tapeline.feed.dhan.Dhan.NIFTY;
import static dev.tapeline.feed.dhan.Dhan.OPTION;
import static dev.tapeline.feed.dhan.Dhan.join;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.feed.Detail;
import dev.tapeline.market.instrument.Instrument;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The sockets of books of 20 and of 200 levels. */
class DeepBooksTest {

  private static final Map<Instrument, Detail> BOOKS =
      Map.of(HDFCBANK, Detail.BOOK, OPTION, Detail.BOOK, NIFTY, Detail.BOOK);

  @Test
  void twentyLevelsHaveASocketForFiftyInstruments() {
    Script script = deep(20, 24, 5);
    script.watch(BOOKS).opened("deep-1");
    assertEquals(
        List.of(
            "send deep-1 {RequestCode:23,InstrumentCount:2,InstrumentList:["
                + "{ExchangeSegment:NSE_EQ,SecurityId:1333},"
                + "{ExchangeSegment:NSE_FNO,SecurityId:55796}]}"),
        script.took("send"));
    assertEquals(
        "wss://depth-api-feed.dhan.co/twentydepth",
        script.addresses.get("deep-1").get().toString());
    script.watch(Map.of(HDFCBANK, Detail.BOOK)).pass(1);
    assertEquals(
        List.of(
            "send deep-1 {RequestCode:24,InstrumentCount:1,InstrumentList:["
                + "{ExchangeSegment:NSE_FNO,SecurityId:55796}]}"),
        script.took("send deep"));
  }

  @Test
  void report25_twoHundredLevelsHaveASocketEach() {
    Script script = deep(200, 25, 5);
    script.watch(BOOKS);
    assertEquals(List.of("open feed-1 0", "open deep-1 0", "open deep-2 0"), script.took("open"));
    script.opened("deep-1");
    assertEquals(
        List.of("send deep-1 {RequestCode:23,ExchangeSegment:NSE_EQ,SecurityId:1333}"),
        script.took("send"));
    assertEquals(
        "wss://full-depth-api.dhan.co/twohundreddepth",
        script.addresses.get("deep-1").get().toString());
  }

  @Test
  void deepBooksShareTheConnectionsOfTheAccount() {
    Script script = deep(200, 25, 2);
    script.watch(BOOKS);
    assertEquals(List.of("open feed-1 0", "open deep-1 0"), script.took("open"));
  }

  @Test
  void report06_deepBooksGiveWayFirst() {
    Script script = deep(20, 24, 5);
    script.watch(BOOKS).opened("feed-1").opened("deep-1").took();
    script.frame("feed-1", Dhan.disconnect(805));
    assertEquals(
        List.of("close feed-1", "open feed-1 30000", "close deep-1"),
        script.took().stream().filter(line -> !line.startsWith("tell")).toList());
  }

  @Test
  void aBookIsTold() {
    Script script = deep(20, 24, 5);
    script.watch(BOOKS).opened("deep-1");
    script.frame("deep-1", join(side(41, 100), side(51, 101)));
    assertEquals(List.of("Depth"), script.kinds());
  }

  @Test
  void whatNobodyListensToHasNoDeepBook() {
    Script script = deep(20, 24, 5);
    script.watch(Map.of(HDFCBANK, Detail.QUOTE, OPTION, Detail.BOOK)).opened("deep-1");
    assertEquals(
        List.of(
            "send deep-1 {RequestCode:23,InstrumentCount:1,InstrumentList:["
                + "{ExchangeSegment:NSE_FNO,SecurityId:55796}]}"),
        script.took("send deep"));
  }

  @Test
  void booksWithoutAConnectionAreTold() {
    Script script = deep(200, 25, 2);
    script.watch(BOOKS).opened("feed-1").opened("deep-1");
    script.frame("feed-1", Dhan.quote(1333, "100", 5, Dhan.TEN_SENT, 1000));
    assertEquals(
        List.of("tell LIVE 1 books have 5 levels: no connection is left for them"),
        script.took("tell LIVE"));
  }

  @Test
  void aTokenOfAProgramHasNoTwoHundredLevels() {
    Script script = deep(200, 25, 5);
    script.token = TokensTest.token(Dhan.TEN + 86_400_000, "APP");
    script.watch(BOOKS);
    assertEquals(List.of("open feed-1 0"), script.took("open"));
    script.opened("feed-1");
    script.frame("feed-1", Dhan.quote(1333, "100", 5, Dhan.TEN_SENT, 1000));
    assertEquals(
        List.of(
            "tell LIVE books of 200 levels need a token made on web.dhan.co; they have 5 levels"),
        script.took("tell LIVE"));
  }

  @Test
  void aRefusalOfDeepBooksAloneLeavesTheFeed() {
    Script script = deep(200, 25, 5);
    script.watch(Map.of(HDFCBANK, Detail.BOOK)).opened("feed-1").opened("deep-1");
    script.frame("feed-1", Dhan.quote(1333, "100", 5, Dhan.TEN_SENT, 1000)).took();
    byte[] refusal = side(50, 0);
    refusal[12] = (byte) 808;
    refusal[13] = (byte) (808 >> 8);
    script.frame("deep-1", refusal);
    assertEquals(
        List.of(
            "open deep-1 60000",
            "call profile",
            "tell LIVE deep books: the vendor refuses the client id or the access token: check"
                + " both, make a new token (808)"),
        script.took());
  }

  private static byte[] side(int code, double price) {
    return ByteBuffer.allocate(12 + 16 * 20)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(0, (short) 332)
        .put(2, (byte) code)
        .put(3, (byte) 1)
        .putInt(4, 1333)
        .putDouble(12, price)
        .putInt(20, 7)
        .array();
  }

  private static Script deep(int levels, int unsubscribe, int connections) {
    return new Script(o ->
        new DhanOptions(
            o.account(),
            o.sockets(),
            new DhanOptions.Limits(connections, 5_000, 100, o.limits().pause()),
            new DhanOptions.DeepBooks(levels, unsubscribe),
            o.mode(),
            o.tradeTimeAhead(),
            o.chainInterval(),
            o.tokens(),
            o.orderUpdates(),
            o.budgets(),
            o.seed()));
  }
}
