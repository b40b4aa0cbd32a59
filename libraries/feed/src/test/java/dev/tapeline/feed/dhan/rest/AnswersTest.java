package dev.tapeline.feed.dhan.rest;

import static dev.tapeline.feed.dhan.Dhan.HDFCBANK;
import static dev.tapeline.feed.dhan.Dhan.NIFTY;
import static dev.tapeline.feed.dhan.Dhan.OPTION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.TickBuffer;
import dev.tapeline.feed.dhan.packet.Segment;
import dev.tapeline.feed.dhan.packet.TradingHours;
import dev.tapeline.feed.vendor.Address;
import dev.tapeline.feed.vendor.RestCall;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.BestPrice;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class AnswersTest {

  private static final long NOW = Instant.parse("2026-11-30T05:00:00Z").toEpochMilli();
  private static final Times UNTIMED = new Times(0, NOW);
  private static final ChainKey CHAIN = new ChainKey("NIFTY", LocalDate.of(2026, 12, 8));
  private static final TradingHours CLOSED =
      new TradingHours() {
        @Override
        public boolean isOpen(long millis) {
          return false;
        }

        @Override
        public boolean isPreOpen(Instrument instrument, long millis) {
          return false;
        }

        @Override
        public boolean isBeforeClose(Instrument instrument, long millis) {
          return false;
        }
      };

  private final TickBuffer ticks = new TickBuffer();

  @Test
  void aQuoteHasAllThatIsNotZero() {
    quotes(
        "{'NSE_EQ':{'1333':{'average_price':1640.5,'last_price':1642.35,'volume':1234567,"
            + "'last_trade_time':'30/11/2026 10:29:58','oi':0,'ohlc':{'open':1630,'close':1650,"
            + "'high':1655.5,'low':0},'depth':{'buy':[{'quantity':10,'orders':1,'price':1642.3},"
            + "{'quantity':0,'orders':0,'price':0}],'sell':[{'quantity':0,'price':0}]}}}}",
        TradingHours.ALWAYS);
    assertEquals(
        List.of(
            new Tick.LastPrice(HDFCBANK, new Times(NOW - 2_000, NOW), new BigDecimal("1642.35")),
            new Tick.DayStats(
                HDFCBANK,
                UNTIMED,
                new BigDecimal("1630"),
                new BigDecimal("1655.5"),
                null,
                new BigDecimal("1234567"),
                new BigDecimal("1640.5"),
                new BigDecimal("1650")),
            new Tick.Quote(HDFCBANK, UNTIMED, 0, BestPrice.of(Level.of("1642.3", "10")), null),
            new Tick.Depth(
                HDFCBANK, UNTIMED, true, 0, 0, List.of(Level.of("1642.3", "10")), List.of(), null)),
        ticks.ticks());
  }

  @Test
  void theCloseAfterTheSessionIsNotThatOfTheOneBefore() {
    quotes("{'NSE_EQ':{'1333':{'last_price':5,'ohlc':{'close':5}}}}", CLOSED);
    assertEquals(
        List.of(new Tick.LastPrice(HDFCBANK, UNTIMED, new BigDecimal("5"))), ticks.ticks());
  }

  @ParameterizedTest
  @CsvSource({"'', 0", "01/01/1980 00:00:00, 0", "30/11/2026 23:00:00, 0", "nonsense, 0"})
  void aTradeThatNeverWasHasNoTime(String time, long expected) {
    quotes("{'NSE_EQ':{'1333':{'last_price':5,'last_trade_time':'%s'}}}".formatted(time), CLOSED);
    assertEquals(expected, ticks.ticks().getFirst().times().exchange());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}",
        "{'NSE_EQ':{}}",
        "{'NSE_EQ':null,'OTHER':{'1':{'last_price':5}}}",
        "{'NSE_EQ':{'1333':{'last_price':0},'99':{'last_price':5},'x':{'last_price':5}}}",
        "{'NSE_EQ':{'1333':{'last_price':'5','volume':-3,'ohlc':[1],'depth':5}}}",
        "{'NSE_EQ':{'1333':{'last_price':1e999}}}",
      })
  void whatIsMissingOrZeroGivesNoTick(String data) {
    quotes(data, TradingHours.ALWAYS);
    assertEquals(List.of(), ticks.ticks());
  }

  @Test
  void anOptionOfAChain() {
    chain(
        "{'last_price':25642.8,'oc':{'25650.000000':{'ce':{'average_price':146.99,"
            + "'greeks':{'delta':0.53871,'theta':-15.1539,'gamma':0.00132,'vega':12.18593},"
            + "'implied_volatility':9.789193798280868,'last_price':134,'oi':3786445,"
            + "'previous_close_price':244.85,'previous_oi':402220,'previous_volume':1,"
            + "'security_id':42528,'top_ask_price':134,'top_ask_quantity':1365,"
            + "'top_bid_price':133.55,'top_bid_quantity':1625,'volume':117567970},'pe':null}}}",
        TradingHours.ALWAYS,
        false);
    Times times = UNTIMED;
    assertEquals(
        List.of(
            new Tick.IndexValue(NIFTY, times, new BigDecimal("25642.8")),
            new Tick.LastPrice(OPTION, times, new BigDecimal("134")),
            new Tick.DayStats(
                OPTION,
                times,
                null,
                null,
                null,
                new BigDecimal("117567970"),
                new BigDecimal("146.99"),
                new BigDecimal("244.85")),
            new Tick.Quote(
                OPTION,
                times,
                0,
                BestPrice.of(Level.of("133.55", "1625")),
                BestPrice.of(Level.of("134", "1365"))),
            new Tick.OpenInterest(
                OPTION, times, new BigDecimal("3786445"), null, null, new BigDecimal("402220")),
            marks("9.789193798280868", "0.53871", "0.00132", "-15.1539", "12.18593", "25642.8")),
        ticks.ticks());
  }

  @Test
  void theMarksOfAnOptionWithoutAPriceMeanNothing() {
    chain(
        "{'last_price':0,'oc':{'17750.000000':{'pe':{'greeks':{'delta':0,'theta':-0},"
            + "'implied_volatility':6.815622593536359,'last_price':0,'oi':0,'volume':0}}}}",
        TradingHours.ALWAYS,
        false);
    assertEquals(List.of(), ticks.ticks());
  }

  @Test
  void ofAnOptionThatStreamsOnlyTheMarksAreTold() {
    chain(
        "{'last_price':25642.8,'oc':{'25650':{'ce':{'implied_volatility':9.5,'last_price':134,"
            + "'greeks':{'theta':-0},'oi':5,'top_bid_price':133,'top_bid_quantity':1}}}}",
        TradingHours.ALWAYS,
        true);
    assertEquals(List.of(marks("9.5", null, null, "0", null, "25642.8")), ticks.ticks());
  }

  @Test
  void aSpotOffHoursIsNoValueOfTheIndex() {
    chain("{'last_price':25642.8,'oc':{}}", CLOSED, false);
    assertEquals(
        List.of(new Tick.LastPrice(NIFTY, UNTIMED, new BigDecimal("25642.8"))), ticks.ticks());
  }

  @Test
  void rowsThatCannotBeReadAreCounted() {
    ChainTicks.Told told =
        chain("{'oc':{'x':{'ce':{}},'-5':{'ce':{}},'0.0':{'ce':{}},'5':{'ce':7}}}", CLOSED, false);
    assertEquals(3, told.bad());
    assertEquals(List.of(), ticks.ticks());
  }

  @Test
  void anotherPriceOrInterestIsAnotherFingerprint() {
    String row = "{'last_price':1,'oc':{'5':{'ce':{'last_price':%s,'oi':%s,'volume':%s}}}}";
    long first = chain(row.formatted("1", "2", "3"), CLOSED, false).fingerprint();
    assertEquals(first, chain(row.formatted("1", "2", "4"), CLOSED, false).fingerprint());
    assertTrue(first != chain(row.formatted("2", "2", "3"), CLOSED, false).fingerprint());
    assertTrue(first != chain(row.formatted("1", "3", "3"), CLOSED, false).fingerprint());
  }

  @Test
  void expiryDatesAreTheVendorsOwn() {
    assertEquals(
        List.of(LocalDate.of(2026, 11, 23), LocalDate.of(2026, 12, 8)),
        ExpiryList.read(json("['2026-12-08','2026-11-23','0001','2026-12-08',5]")));
  }

  @Test
  void aProfileSaysWhyThereIsNoData() {
    String text =
        "{'tokenValidity':'%s','activeSegment':'E, D, ','dataPlan':'%s','dataValidity':'%s'}";
    assertNull(profile(text.formatted("01/12/2026 08:00", "Active", "2026-12-29 17:52:44.0")));
    assertEquals(
        "the access token has expired: make a new one",
        profile(text.formatted("30/11/2026 08:00", "Active", "2026-12-29 17:52:44.0")));
    assertEquals(
        "the account's plan for market data is 'Deactive': subscribe to Dhan's Data APIs",
        profile(text.formatted("01/12/2026 08:00", "Deactive", "")));
    assertEquals(
        "the account's plan for market data has ended: renew it at Dhan",
        profile(text.formatted("01/12/2026 08:00", "Active", "2026-11-29 17:52:44.0")));
    assertNull(profile("{}"));
  }

  @Test
  void aNewTokenIsRead() {
    TokenAnswer answer =
        TokenAnswer.read(json("{'accessToken':'abc.def','expiryTime':'2026-12-01T00:00:00.000'}"));
    assertEquals(
        new TokenAnswer("abc.def", Instant.parse("2026-11-30T18:30:00Z").toEpochMilli()), answer);
    assertTrue(!answer.toString().contains("abc"));
    assertNull(TokenAnswer.read(json("{'status':'x'}")));
  }

  @Test
  void callsSayAllThatIsAskedFor() {
    DhanAccount account =
        new DhanAccount(
            () -> "1000", () -> "secret", URI.create("http://api/v2"), URI.create("http://auth"));
    DhanCalls calls = new DhanCalls(account);
    RestCall quotes = calls.quotes(3, List.of(HDFCBANK, NIFTY, OPTION));
    assertEquals("quote 3", quotes.name());
    assertEquals("{\"NSE_EQ\":[1333],\"IDX_I\":[13],\"NSE_FNO\":[55796]}", quotes.json());
    Address address = quotes.address().get();
    assertEquals("http://api/v2/marketfeed/quote", address.toString());
    assertEquals("secret", address.headers().get("access-token"));
    assertEquals(
        "{\"UnderlyingScrip\":13,\"UnderlyingSeg\":\"IDX_I\",\"Expiry\":\"2026-12-08\"}",
        calls.chain(CHAIN, NIFTY).json());
    assertEquals("optionchain NIFTY:2026-12-08", calls.chain(CHAIN, NIFTY).name());
    LocalDate day = LocalDate.of(2026, 11, 27);
    assertEquals(
        "{\"securityId\":\"55796\",\"exchangeSegment\":\"NSE_FNO\",\"instrument\":\"OPTIDX\","
            + "\"expiryCode\":0,\"interval\":\"1\",\"oi\":true,"
            + "\"fromDate\":\"2026-11-27 00:00:00\",\"toDate\":\"2026-11-28 00:00:00\"}",
        calls.intraday(OPTION, 1, day, day).json());
    assertEquals("GET", calls.renew().method());
    assertEquals(
        "http://auth/app/generateAccessToken?dhanClientId=1000&pin=1234&totp=567890",
        calls.mint("1234", "567890").address().get().uri().toString());
    assertTrue(!account.toString().contains("secret"));
  }

  private String profile(String text) {
    return Profile.read(json(text)).problem(NOW);
  }

  private void quotes(String data, TradingHours hours) {
    QuoteAnswer.tell(json(data), NOW, AnswersTest::find, hours, ticks);
  }

  private static Instrument find(Segment segment, long id) {
    return segment == Segment.NSE_EQ && id == 1333 ? HDFCBANK : null;
  }

  private ChainTicks.Told chain(String data, TradingHours hours, boolean streaming) {
    ticks.clear();
    ChainLegs legs =
        new ChainLegs() {
          @Override
          public Instrument underlying(String symbol) {
            return NIFTY;
          }

          @Override
          public Instrument leg(
              ChainKey chain, BigDecimal strike, Instrument.Right right, String securityId) {
            return OPTION;
          }
        };
    return new ChainTicks(legs, _ -> streaming, hours).tell(CHAIN, json(data), NOW, ticks);
  }

  private static Tick marks(
      String iv, String delta, String gamma, String theta, String vega, String underlying) {
    return new Tick.Marks(
        OPTION,
        UNTIMED,
        new BigDecimal(iv),
        null,
        null,
        decimal(delta),
        decimal(gamma),
        decimal(theta),
        decimal(vega),
        null,
        null,
        decimal(underlying));
  }

  private static BigDecimal decimal(String text) {
    return text == null ? null : new BigDecimal(text);
  }

  private static JsonNode json(String text) {
    return AnswerParser.JSON.readTree(text.replace('\'', '"'));
  }
}
