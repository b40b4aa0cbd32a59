package dev.tapeline.server.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.Detail;
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
 * A real feed of Binance's through the faults of its sockets. The waits after code 1008 and HTTP
 * 429, of ten seconds and more, are tested with a clock in the tests of the session.
 */
@Timeout(120)
class BinanceFaultsTest {

  private BinanceRig rig;

  @BeforeEach
  void start() {
    rig = new BinanceRig();
    rig.watch(Detail.BOOK);
    rig.trade(); // the first of a sequence
    rig.awaitPrice();
  }

  @AfterEach
  void stop() {
    rig.close();
    assertEquals(List.of(), rig.failures());
  }

  @Test
  void aResetIsFollowedByAnotherSocketAndTheMissedTrades() {
    rig.assertReconnects(
        Fault.of(FaultKind.RESET), "down: the connection broke: reset by the vendor");
  }

  @Test
  void tooManyConnectionsAreTold() {
    rig.inject(Fault.of(FaultKind.CONNECTION_LIMIT));
    rig.awaitState("down: Binance has closed the connection: 1008 Too many connections");
    assertEquals(Map.of(), rig.faults());
  }

  @Test
  void aRefusedConnectionIsTriedAgain() {
    rig.inject(Fault.of(FaultKind.REFUSE));
    rig.assertReconnects(
        Fault.of(FaultKind.CLOSE), "down: Binance has closed the connection: 1001");
    assertTrue(
        rig.seen
            .states()
            .contains("down: the connection broke: closed by the vendor without an answer"),
        rig.seen.states()::toString);
  }

  @Test
  void tooManyHandshakesAreToldAndNotRepeatedSoon() {
    rig.inject(Fault.of(FaultKind.STATUS).with(429));
    rig.inject(Fault.of(FaultKind.RESET));
    rig.awaitState("down: Binance refuses the connection: 429");
    assertEquals(Map.of(), rig.faults());
    assertEquals(1, rig.opened());
  }

  @Test
  void silenceEndsTheSocket() {
    rig.inject(Fault.of(FaultKind.SILENCE).lasting(600));
    rig.trade(3);
    rig.clock.jump(Duration.ofSeconds(61));
    rig.awaitState("down: the connection broke: silent for a minute");
    rig.control().clear();
    rig.awaitLive();
    rig.assertUpToDate();
    assertEquals(1, rig.faults().get("silence"));
  }

  @Test
  void aShutdownIsLeftBeforeItHappens() {
    rig.inject(Fault.of(FaultKind.SHUTDOWN));
    rig.awaitFault("shutdown", 1);
    rig.trade(3);
    rig.awaitOpened(2);
    rig.assertUpToDate();
    assertEquals(Map.of("shutdown", 1L), rig.faults());
    assertEquals(List.of(), rig.seen.states());
  }

  @Test
  void lateMessagesComeInTheirOrder() {
    rig.inject(Fault.of(FaultKind.LAG).lasting(1).late(400));
    rig.trade(20);
    rig.assertUpToDate();
    rig.assertUntouched(Map.of());
  }

  @Test
  void garbageIsCountedAndUnknownEventsAreNothing() {
    rig.inject(Fault.of(FaultKind.GARBAGE));
    rig.inject(Fault.of(FaultKind.UNKNOWN_CODE));
    rig.awaitFault("frame", 1);
    rig.assertUpToDate();
    rig.assertUntouched(Map.of("frame", 1L));
  }

  @Test
  void messagesThatAreCutAreCountedAndMadeUpFor() {
    rig.inject(Fault.of(FaultKind.TRUNCATE).times(8));
    rig.trade(8);
    rig.awaitFault("json", 8);
    rig.trade(2);
    rig.assertUpToDate();
    assertEquals(8, rig.faults().get("json"));
    assertEquals(1, rig.opened());
  }

  @Test
  void missingMessagesAreMadeUpFor() {
    rig.inject(Fault.of(FaultKind.GAP).times(8));
    rig.trade(10);
    rig.assertUpToDate();
    assertEquals(1, rig.opened());
  }

  @Test
  void wrongBitsEndNothing() {
    rig.inject(Fault.of(FaultKind.BITFLIP).times(60));
    rig.trade(60);
    rig.trade(3);
    rig.awaitPrice();
    rig.trade();
    rig.awaitPrice();
    assertTrue(rig.faults().getOrDefault("json", 0L) >= 1, rig.faults()::toString);
    assertEquals(1, rig.opened());
  }
}
