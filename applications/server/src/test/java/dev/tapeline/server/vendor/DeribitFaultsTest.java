package dev.tapeline.server.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.Detail;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.feed.deribit.DeribitInstruments;
import dev.tapeline.simulate.net.Fault;
import dev.tapeline.simulate.net.FaultKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A real feed of Deribit's through the faults of its socket. The waits after error 10028 and HTTP
 * 403, of half a minute and more, are tested with a clock in the tests of the session.
 */
@Timeout(120)
class DeribitFaultsTest {

  private DeribitRig rig;

  @BeforeEach
  void start() {
    rig = new DeribitRig();
    rig.watch();
  }

  @AfterEach
  void stop() {
    rig.close();
    assertEquals(List.of(), rig.failures());
  }

  @Test
  void aResetIsFollowedByAnotherSocketAndTheMissedTrades() {
    rig.assertReconnects(Fault.of(FaultKind.RESET), "down: broken: reset by the vendor");
  }

  @Test
  void tradesBeforeAReconnectComeThoughNoneFollows() {
    rig.inject(Fault.of(FaultKind.RESET));
    rig.trade(5);
    rig.awaitState("down");
    rig.awaitTrade();
    rig.assertNoTradeIsMissing();
    assertEquals(Map.of(), rig.faults());
  }

  @Test
  void maintenanceIsAClose() {
    rig.assertReconnects(Fault.of(FaultKind.SHUTDOWN), "down: closed with 1001");
  }

  @Test
  void aRefusedConnectionIsTriedAgain() {
    rig.inject(Fault.of(FaultKind.REFUSE));
    rig.assertReconnects(Fault.of(FaultKind.CLOSE), "down: closed with 1001");
    assertTrue(
        rig.seen.states().contains("down: broken: closed by the vendor without an answer"),
        rig.seen.states()::toString);
  }

  @Test
  void anHtmlPageInPlaceOfTheSocketIsTold() {
    rig.inject(Fault.of(FaultKind.HTML));
    rig.inject(Fault.of(FaultKind.RESET));
    rig.awaitState("down: refused with 502");
    assertEquals(Map.of(), rig.faults());
    assertEquals(1, rig.opened());
  }

  @Test
  void tooManyRequestsAreToldAndNotRepeatedSoon() {
    rig.inject(Fault.of(FaultKind.CONNECTION_LIMIT));
    rig.awaitState("down: closed with 1008 too_many_requests");
    assertEquals(Map.of("rate", 1L), rig.faults());
    assertEquals(1, rig.opened());
  }

  @Test
  void silenceEndsTheSocket() {
    rig.inject(Fault.of(FaultKind.SILENCE).lasting(600));
    rig.trade(3);
    rig.clock.jump(Duration.ofSeconds(80));
    rig.awaitState("down: silent for");
    rig.control().clear();
    rig.awaitLive();
    rig.assertUpToDate();
    assertEquals(Map.of("connection", 1L), rig.faults());
  }

  @Test
  void aTestRequestIsAnswered() {
    rig.simulator.testNow();
    Await.until(() -> rig.control().state().path("unanswered_tests").asInt() == 0, rig::told);
    rig.assertUpToDate();
    rig.assertUntouched(Map.of());
  }

  @Test
  void aTestRequestThatIsNotAnsweredEndsTheSocket() {
    rig.inject(Fault.of(FaultKind.GAP));
    rig.simulator.testNow();
    rig.trade(3);
    rig.awaitState("down: closed with 1008 test request not answered");
    rig.awaitLive();
    rig.assertUpToDate();
    assertEquals(Map.of(), rig.faults());
  }

  @Test
  void aChannelThatIsNotThereIsToldWhilePricesGoOn() {
    rig.feed()
        .watch(
            Watchlist.of(
                Map.of(
                    DeribitRig.PERPETUAL,
                    Detail.BOOK,
                    DeribitInstruments.named("BTC-1JAN20-1-C"),
                    Detail.PRICE)));
    rig.awaitState("live: refused: ticker.BTC-1JAN20-1-C.100ms");
    rig.assertUpToDate();
    assertEquals(Map.of("refused", 1L), rig.faults());
    assertEquals(1, rig.opened());
  }

  @Test
  void lateMessagesComeInTheirOrder() {
    rig.inject(Fault.of(FaultKind.LAG).lasting(1).late(400));
    rig.trade(20);
    rig.assertUpToDate();
    rig.assertUntouched(Map.of());
  }

  @Test
  void missingMessagesAreMadeUpFor() {
    rig.inject(Fault.of(FaultKind.GAP).times(3));
    rig.trade();
    rig.awaitNoFaults();
    rig.trade();
    rig.awaitFault("book-gap", 1);
    rig.assertUpToDate();
    assertEquals(Map.of("book-gap", 1L), rig.faults());
    assertEquals(1, rig.opened());
  }

  @Test
  void messagesThatAreCutAreCountedAndMadeUpFor() {
    rig.inject(Fault.of(FaultKind.TRUNCATE).times(3));
    rig.trade(3);
    rig.awaitFault("json", 3);
    rig.trade();
    rig.assertUpToDate();
    assertEquals(3, rig.faults().get("json"));
    assertEquals(1, rig.opened());
  }

  @Test
  void garbageAndUnknownMessagesAreCountedAndNothingElse() {
    rig.inject(Fault.of(FaultKind.GARBAGE));
    rig.inject(Fault.of(FaultKind.UNKNOWN_CODE));
    rig.control().pushText(data("ticker.BTC-1JAN20-1-C.100ms"));
    rig.control().pushText(data("book.BTC-1JAN20-1-C.100ms"));
    rig.control().pushText(data("novelty.BTC-1JAN20-1-C"));
    rig.awaitFault("channel", 1);
    rig.assertUpToDate();
    rig.assertUntouched(Map.of("json", 1L, "channel", 1L));
  }

  private static String data(String channel) {
    return """
    {"jsonrpc":"2.0","method":"subscription","params":{"channel":"%s","data":{"last_price":1}}}\
    """
        .formatted(channel);
  }

  @Test
  void wrongBitsEndNothing() {
    rig.inject(Fault.of(FaultKind.BITFLIP).times(40));
    Await.until(this::flipsAll, rig::told);
    rig.trade(8);
    rig.awaitPrice();
    rig.trade();
    rig.awaitPrice();
    assertTrue(rig.faults().getOrDefault("json", 0L) >= 1, rig.faults()::toString);
    assertEquals(1, rig.opened());
  }

  /** Lets a trade happen, and returns whether all bits have been flipped by now. */
  private boolean flipsAll() {
    rig.trade();
    return rig.control().state().path("faults").isEmpty();
  }
}
