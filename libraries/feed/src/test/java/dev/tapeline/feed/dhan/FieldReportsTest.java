package dev.tapeline.feed.dhan;

import static dev.tapeline.feed.dhan.Dhan.HDFCBANK;
import static dev.tapeline.feed.dhan.Dhan.NIFTY;
import static dev.tapeline.feed.dhan.Dhan.OPTION;
import static dev.tapeline.feed.dhan.Dhan.TEN_SENT;
import static dev.tapeline.feed.dhan.Dhan.index;
import static dev.tapeline.feed.dhan.Dhan.join;
import static dev.tapeline.feed.dhan.Dhan.quote;
import static dev.tapeline.feed.dhan.Dhan.ticker;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.Detail;
import dev.tapeline.feed.vendor.SocketEnd;
import dev.tapeline.market.instrument.Instrument;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is known of the feed in the field, by the numbers of docs/vendors/dhan.md. */
class FieldReportsTest {
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
  void report01_aResetIsFollowedByAnAttemptAtOnceAndThenSlowerOnes() {
    script.live().reset("feed-1");
    assertEquals(List.of("open feed-1 200", "tell DOWN reset by the vendor"), script.took());
    for (int delay : new int[] {1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 30_000}) {
      script.reset("feed-1");
      assertEquals(List.of("open feed-1 " + delay), script.took("open"));
    }
  }

  @Test
  void report02_aReconnectIsNoRecoveryBeforePricesCome() {
    script.live().reset("feed-1").took();
    script.opened("feed-1");
    assertEquals(List.of(SUBSCRIBE, "call quote 2", "tell DOWN no prices yet"), script.took());
    script.frame("feed-1", quote(1333, "100", 5, TEN_SENT, 1000));
    assertEquals(List.of("tell LIVE"), script.took());
    assertEquals(List.of(), script.told(), "what is repeated is no trade");
  }

  @Test
  void report02_aSocketThatStaysMuteIsReplaced() {
    script.watch(Map.of(NIFTY, Detail.QUOTE)).opened("feed-1").took();
    script.passPinged(30, "feed-1");
    assertEquals(List.of(), script.took("open"));
    script.pass(2);
    assertEquals(List.of("open feed-1 200"), script.took("open"));
  }

  @Test
  void report02_seedsAreAskedForAThousandInACall() {
    Map<Instrument, Detail> many = Script.shares(2_500);
    script.watch(many).opened("feed-1");
    assertEquals(List.of("call quote 1", "call quote 2", "call quote 3"), script.took("call"));
    String json = script.calls.get("quote 1").json();
    assertEquals(1_000, json.chars().filter(c -> c == ',').count() + 1);
  }

  @Test
  void report05_aHandshakeAnswered429WaitsMinutesAndAsksForTheProfile() {
    script.watch(ONE).took();
    for (int delay : new int[] {60_000, 120_000, 300_000, 300_000}) {
      script.ended("feed-1", new SocketEnd.Refused(429, ""));
      List<String> took = script.took();
      assertTrue(took.contains("open feed-1 " + delay), took::toString);
      assertTrue(took.contains("call profile"), took::toString);
      script.pass(61);
    }
  }

  @Test
  void report05_aLapsedPlanIsNotBlamedOnTheNetwork() {
    script.watch(ONE).ended("feed-1", new SocketEnd.Refused(429, "")).took();
    script.answer("profile", 200, "{'dataPlan':'Deactive'}");
    assertEquals(
        List.of(
            "close feed-1",
            "tell DOWN auth: the account's plan for market data is 'Deactive': subscribe to"
                + " Dhan's Data APIs"),
        script.took());
    script.pass(290);
    assertEquals(List.of(), script.took(), "nothing is asked for");
    script.pass(15);
    assertEquals(List.of("open feed-1 0", "tell DOWN connecting"), script.took());
  }

  @Test
  void report06_theOnlyConnectionIsNotFoughtFor() {
    script.live().frame("feed-1", Dhan.disconnect(805));
    assertEquals(
        List.of(
            "close feed-1",
            "open feed-1 30000",
            "tell DOWN another program uses the account's connections (805)"),
        script.took());
    script.opened("feed-1").frame("feed-1", Dhan.disconnect(805));
    assertEquals(List.of("open feed-1 60000"), script.took("open"));
  }

  @Test
  void report06_oneOfSeveralConnectionsGivesItsInstrumentsToTheOthers() {
    Script many = Script.limited(5, 10);
    many.watch(Script.shares(15)).opened("feed-1").opened("feed-2").took();
    many.frame("feed-1", Dhan.disconnect(805));
    List<String> took = many.took();
    assertTrue(took.contains("close feed-1"), took::toString);
    assertTrue(took.stream().noneMatch(line -> line.startsWith("open")), took::toString);
    many.pass(1);
    assertEquals(List.of("send feed-2"), prefixes(many.took("send")));
    many.frame("feed-2", ticker(1, "5", TEN_SENT));
    assertEquals(
        List.of("tell LIVE 5 instruments are beyond the limits of the account"),
        many.took("tell LIVE"));
    many.passPinged(620, "feed-2");
    assertEquals(List.of("open feed-1 0"), many.took("open"), "later one more is tried");
  }

  @Test
  void report06_aConnectionBudgetIsNeverExceeded() {
    Script many = Script.limited(3, 10);
    many.watch(Script.shares(100));
    assertEquals(List.of("open feed-1 0", "open feed-2 0", "open feed-3 0"), many.took("open"));
  }

  @Test
  void report07_twoEndsRightAfterSubscribingAreNotTheNetwork() {
    script.watch(ONE).opened("feed-1").pass(0.1).reset("feed-1");
    assertFalse(script.took().contains("call profile"));
    script.pass(1).opened("feed-1").pass(0.1).reset("feed-1");
    assertTrue(script.took().contains("call profile"));
  }

  @ParameterizedTest
  @CsvSource({
    "806, the account has no plan for market data: subscribe to Dhan's Data APIs (806)",
    "807, the access token has expired: make a new one (807)",
    "808, 'the vendor refuses the client id or the access token: check both, make a new token"
        + " (808)'",
    "809, 'the vendor refuses the client id or the access token: check both, make a new token"
        + " (809)'",
    "810, 'the vendor refuses the client id or the access token: check both, make a new token"
        + " (810)'",
  })
  void report08_credentialsThatAreRefusedStopEverything(int code, String reason) {
    script.live().frame("feed-1", Dhan.disconnect(code));
    assertEquals(List.of("close feed-1", "tell DOWN auth: " + reason), script.took());
    script.pass(295);
    assertEquals(List.of(), script.took());
    script.pass(10);
    assertEquals(List.of("open feed-1 0"), script.took("open"));
  }

  @Test
  void report08_anotherTokenIsTriedAtOnce() {
    script.live().frame("feed-1", Dhan.disconnect(807)).pass(60).took();
    script.token = "token-2";
    script.pass(3);
    assertEquals(List.of("open feed-1 0", "tell DOWN connecting"), script.took());
  }

  @Test
  void report10_packedFramesAreSplit() {
    script.watch(Map.of(HDFCBANK, Detail.QUOTE, NIFTY, Detail.QUOTE)).opened("feed-1").took();
    script.frame(
        "feed-1", join(index(13, "24000", TEN_SENT), quote(1333, "100", 5, TEN_SENT, 1000)));
    assertEquals(List.of("LastPrice", "LastPrice", "DayStats"), script.kinds());
  }

  @Test
  void report11_whatStaysSilentIsAskedForByRest() {
    script.live().watch(Map.of(HDFCBANK, Detail.QUOTE, OPTION, Detail.QUOTE)).pass(9);
    assertEquals(List.of(), script.took("call"));
    script.pass(2);
    assertEquals(List.of("call quote 2"), script.took("call"));
    assertEquals("{\"NSE_FNO\":[55796]}", script.calls.get("quote 2").json());
    script.answer(
        "quote 2", 200, "{'status':'success','data':{'NSE_FNO':{'55796':{'last_price':152.3}}}}");
    assertEquals(List.of("LastPrice"), script.kinds());
    script.pass(60);
    assertEquals(List.of(), script.took("call"), "once");
  }

  @Test
  void report12_aMinuteOfDataMakesTheNextFailureTheFirstAgain() {
    script.live();
    for (int i = 0; i < 4; i++) {
      script.reset("feed-1");
    }
    script.opened("feed-1").pass(10).frame("feed-1", quote(1333, "101", 5, TEN_SENT, 1001));
    script.reset("feed-1");
    assertEquals("open feed-1 10000", script.took("open").getLast(), "ten seconds are not enough");
    script.opened("feed-1").pass(61).frame("feed-1", quote(1333, "102", 5, TEN_SENT, 1002));
    script.reset("feed-1");
    assertEquals("open feed-1 200", script.took("open").getLast());
  }

  @Test
  void report12_outsideOfTradingHoursThereIsNoHurryAndNoEnd() {
    script.live();
    script.open = false;
    script.pass(1);
    assertEquals(List.of("tell CLOSED outside of trading hours"), script.took());
    for (int i = 0; i < 50; i++) {
      script.reset("feed-1");
      assertEquals(List.of("open feed-1 60000"), script.took("open"));
    }
  }

  @Test
  void report13_allThatIsWantedIsSubscribedAgainInBatches() {
    Map<Instrument, Detail> many = Script.shares(250);
    script.watch(many).opened("feed-1").pass(1);
    assertEquals(3, script.took("send").size());
    script.reset("feed-1").took();
    script.opened("feed-1");
    assertEquals(1, script.took("send").size(), "the others after a pause");
    script.pass(1);
    List<String> rest = script.took("send");
    assertTrue(rest.getFirst().contains("InstrumentCount:100"), rest::toString);
    assertTrue(rest.getLast().contains("InstrumentCount:50"), rest::toString);
  }

  @Test
  void report13_oneThatGoesMovesNoOther() {
    Script many = Script.limited(5, 10);
    Map<Instrument, Detail> all = Script.shares(25);
    many.watch(all).opened("feed-1").opened("feed-2").opened("feed-3").pass(1).took();
    all.remove(Dhan.share(3));
    many.watch(all).pass(1);
    List<String> sent = many.took("send");
    assertEquals(1, sent.size());
    assertTrue(sent.getFirst().contains("RequestCode:18,InstrumentCount:1"), sent::toString);
  }

  @Test
  void report14_whatIsWantedBeforeTheSocketIsOpenIsNotLost() {
    script.watch(ONE).watch(Map.of(HDFCBANK, Detail.QUOTE, OPTION, Detail.QUOTE)).pass(5);
    assertEquals(List.of(), script.took("send"));
    script.opened("feed-1");
    assertTrue(script.took("send").getFirst().contains("InstrumentCount:2"));
  }

  @Test
  void report15_pingsAreSignsOfLife() {
    script.live().passPinged(300, "feed-1");
    assertEquals(List.of(), script.took("open"));
    script.pass(14);
    assertEquals(List.of(), script.took("open"));
    script.pass(3);
    assertEquals(List.of("open feed-1 200"), script.took("open"));
  }

  @Test
  void report16_silenceWhereNoMarketIsOpenIsNoFault() {
    script.live();
    script.open = false;
    script.pass(1_200);
    assertEquals(List.of(), script.took("open"));
  }

  @Test
  void report17_aTokenThatDiesInMidSessionIsSaidSo() {
    script
        .live()
        .answer(
            "quote 1",
            400,
            "{'errorType':'Order_Error','errorCode':'DH-906','errorMessage':'Invalid Token'}");
    assertEquals(
        List.of(
            "fault rest: quote 1: DH-906: Invalid Token",
            "close feed-1",
            "tell DOWN auth: the vendor refuses the access token (DH-906: Invalid Token): make a"
                + " new one"),
        script.took());
  }

  @Test
  void report18_anErrorIsNoDataAndOverwritesNothing() {
    script.live().reset("feed-1").opened("feed-1").took();
    script.answer("quote 2", 429, "{'data':{'805':'Too many requests.'},'status':'failed'}");
    assertEquals(List.of(), script.told());
    assertEquals(
        List.of("fault rest: quote 2: 805: Too many requests.", "rest quote PT5S"), script.took());
    script.pass(11);
    assertEquals(List.of("call quote 3"), script.took("call"), "it is asked again");
    script.answer(
        "quote 3", 200, "{'status':'success','data':{'NSE_EQ':{'1333':{'last_price':0}}}}");
    assertEquals(List.of(), script.told());
  }

  @Test
  void report22_aBodyThatIsNoJsonIsCounted() {
    script.live().answer("quote 1", 200, "<html></html>");
    assertEquals(List.of("fault rest: quote 1: HTTP 200: <html></html>"), script.took());
  }

  @Test
  void report23_pricesBeforeTheOpeningMakeNoValueOfAnIndex() {
    script.preOpen = instrument -> instrument.equals(NIFTY);
    script.watch(Map.of(NIFTY, Detail.QUOTE)).opened("feed-1");
    script.frame("feed-1", index(13, "24000", TEN_SENT - 3));
    script.frame("feed-1", index(13, "24010", TEN_SENT - 2));
    assertEquals(List.of("LastPrice", "LastPrice"), script.kinds());
    script.preOpen = _ -> false;
    script.frame("feed-1", index(13, "24010", TEN_SENT - 1));
    assertEquals(List.of("IndexValue"), script.kinds());
  }

  @Test
  void report24_anIndexThatStaysSilentIsAskedForAsATicker() {
    script.live().watch(Map.of(HDFCBANK, Detail.QUOTE, NIFTY, Detail.BOOK)).pass(8);
    assertTrue(script.took("send").getFirst().contains("RequestCode:17"));
    script.pass(5);
    assertEquals(
        List.of(
            "send feed-1 {RequestCode:18,InstrumentCount:1,InstrumentList:["
                + "{ExchangeSegment:IDX_I,SecurityId:13}]}",
            "send feed-1 {RequestCode:15,InstrumentCount:1,InstrumentList:["
                + "{ExchangeSegment:IDX_I,SecurityId:13}]}"),
        script.took("send"));
    script.pass(30);
    assertEquals(List.of(), script.took("send"));
  }

  /** The first two words of each line that is no opening. */
  private static List<String> prefixes(List<String> lines) {
    return lines.stream()
        .map(line -> line.startsWith("open") ? line : line.replaceAll("^(\\S+ [^ :]+).*", "$1"))
        .toList();
  }
}
