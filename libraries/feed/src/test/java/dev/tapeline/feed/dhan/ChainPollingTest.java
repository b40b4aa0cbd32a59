package dev.tapeline.feed.dhan;

import static dev.tapeline.feed.dhan.Dhan.HDFCBANK;
import static dev.tapeline.feed.dhan.Dhan.NIFTY;
import static dev.tapeline.feed.dhan.Dhan.TEN_SENT;
import static dev.tapeline.feed.dhan.Dhan.index;
import static dev.tapeline.feed.dhan.Dhan.packet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.Detail;
import dev.tapeline.market.instrument.ChainKey;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The polling of option chains. */
class ChainPollingTest {

  private static final ChainKey DECEMBER = new ChainKey("NIFTY", LocalDate.of(2026, 12, 8));
  private static final String CALL = "optionchain NIFTY:2026-12-08";
  private static final String ANSWER =
      "{'status':'success','data':{'last_price':24010.5,'oc':{'24000.000000':{'ce':{"
          + "'last_price':%s,'oi':100,'top_bid_price':%s,'top_bid_quantity':75}}}}}";

  private final Script script = new Script(options -> options);

  @Test
  void aChainIsAskedForEveryThreeSecondsAndNotBefore() {
    script.watch(Map.of(), Set.of(DECEMBER)).pass(0.2);
    assertEquals(List.of("call " + CALL), script.took("call"));
    script.answer(CALL, 200, ANSWER.formatted("134", "133"));
    assertEquals(List.of("IndexValue", "LastPrice", "Quote", "OpenInterest"), script.kinds());
    assertEquals(List.of("tell LIVE option chains alone"), script.took("tell LIVE"));
    script.pass(2.5);
    assertEquals(List.of(), script.took("call"));
    script.pass(0.6);
    assertEquals(List.of("call " + CALL), script.took("call"));
    assertEquals(
        "{\"UnderlyingScrip\":13,\"UnderlyingSeg\":\"IDX_I\",\"Expiry\":\"2026-12-08\"}",
        script.calls.get(CALL).json());
  }

  @Test
  void manyChainsTakeTurnsWithinTheBudget() {
    Set<ChainKey> chains = new HashSet<>();
    for (int day = 1; day <= 30; day++) {
      chains.add(new ChainKey("NIFTY", LocalDate.of(2026, 12, day)));
    }
    script.watch(Map.of(), chains);
    Map<String, Integer> asked = new HashMap<>();
    for (int i = 0; i < 300; i++) {
      script.pass(0.1);
      for (String line : script.took("call")) {
        asked.merge(line, 1, Integer::sum);
        script.answer(line.substring(5), 200, ANSWER.formatted("134", "133"));
      }
    }
    assertEquals(30, asked.size());
    assertTrue(
        Set.of(4, 5).containsAll(asked.values()), () -> "4 calls a second, in turn: " + asked);
    PollReport.Chain report = script.vendor.polls().chains().get(DECEMBER);
    assertTrue(Math.abs(report.interval() - 7_500) <= 200, report::toString);
  }

  @Test
  void anAnswerThatRepeatsItselfIsCounted() {
    script.watch(Map.of(), Set.of(DECEMBER)).pass(0.2);
    script.answer(CALL, 200, ANSWER.formatted("134", "133"));
    script.told();
    script.answer(CALL, 200, ANSWER.formatted("134", "133"));
    assertEquals(List.of(), script.kinds(), "not a byte is new");
    script.answer(CALL, 200, ANSWER.formatted("134", "133.5"));
    assertEquals(List.of("IndexValue", "LastPrice", "Quote", "OpenInterest"), script.kinds());
    script.answer(CALL, 200, ANSWER.formatted("135", "133.5"));
    PollReport.Chain report = script.vendor.polls().chains().get(DECEMBER);
    assertEquals(List.of(4L, 2L), List.of(report.answers(), report.unchanged()));
  }

  @Test
  void report19_aSpotOf0OverwritesNothing() {
    script.watch(Map.of(), Set.of(DECEMBER)).pass(0.2);
    script.answer(
        CALL, 200, "{'status':'success','data':{'last_price':0,'oc':{'24000.0':{'ce':{}}}}}");
    assertEquals(List.of(), script.told());
  }

  @Test
  void whatTheFeedStreamsIsNotToldFromAChain() {
    script.watch(Map.of(NIFTY, Detail.QUOTE, Dhan.OPTION, Detail.QUOTE), Set.of(DECEMBER));
    script.opened("feed-1").frame("feed-1", index(13, "24000", TEN_SENT));
    script.frame("feed-1", packet(2, 16, 2, 55796).putFloat(8, 134).array());
    script.told();
    script.answer(CALL, 200, ANSWER.formatted("130", "129"));
    assertEquals(List.of(), script.told());
  }

  @Test
  void failuresAreReportedAndSlowTheCallsDown() {
    script.watch(Map.of(), Set.of(DECEMBER)).pass(0.2);
    script.answer(CALL, 429, "{'data':{'805':'Too many requests.'}}");
    assertTrue(script.took().contains("rest data PT5S"));
    PollReport.Chain report = script.vendor.polls().chains().get(DECEMBER);
    assertEquals("805: Too many requests.", report.lastProblem());
    assertEquals(script.now, report.lastFailure());
    script.pass(5.8);
    assertEquals(List.of(), script.took("call"));
    script.pass(0.4);
    assertEquals(List.of("call " + CALL), script.took("call"));
    script.unanswered(CALL);
    script.pass(11.8);
    assertEquals(List.of(), script.took("call"));
    script.pass(0.4);
    assertEquals(List.of("call " + CALL), script.took("call"));
    assertEquals(2, script.vendor.polls().chains().get(DECEMBER).failures());
  }

  @Test
  void aChainOfAnUnknownUnderlyingIsReported() {
    ChainKey unknown = new ChainKey("ACME", LocalDate.of(2026, 12, 8));
    script.watch(Map.of(), Set.of(unknown)).pass(1);
    assertEquals(List.of(), script.took("call"));
    assertEquals(
        "the underlying ACME is unknown",
        script.vendor.polls().chains().get(unknown).lastProblem());
  }

  @Test
  void outsideOfTradingHoursAChainIsAskedForOnce() {
    script.open = false;
    script.watch(Map.of(HDFCBANK, Detail.QUOTE), Set.of(DECEMBER)).pass(0.2);
    script.answer(CALL, 200, ANSWER.formatted("134", "133"));
    assertEquals(List.of("LastPrice", "LastPrice", "Quote", "OpenInterest"), script.kinds());
    script.took();
    script.pass(60);
    assertEquals(List.of(), script.took("call optionchain"));
    script.open = true;
    script.pass(0.2);
    assertEquals(List.of("call " + CALL), script.took("call optionchain"));
  }

  @Test
  void aCallThatIsLostIsMadeAgain() {
    script.watch(Map.of(), Set.of(DECEMBER)).pass(0.2).took();
    script.pass(59);
    assertEquals(List.of(), script.took("call"));
    script.pass(2);
    assertEquals(List.of("call " + CALL), script.took("call"));
  }

  @Test
  void aChainThatIsNoLongerWantedIsForgotten() {
    script.watch(Map.of(), Set.of(DECEMBER)).pass(0.2).watch(Map.of(), Set.of()).took();
    script.answer(CALL, 200, ANSWER.formatted("134", "133"));
    script.pass(10);
    assertEquals(List.of(), script.took("call"));
    assertEquals(Map.of(), script.vendor.polls().chains());
  }
}
