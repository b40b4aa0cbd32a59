package dev.tapeline.server.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.simulate.net.Fault;
import dev.tapeline.simulate.net.FaultKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real feed of Deribit's through the faults of REST, which it needs for trades it has missed. */
@Timeout(120)
class DeribitRestFaultsTest {

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

  /** Loses some messages, and lets the answer with the trades in them fail. */
  private void missTrades(Fault fault) {
    rig.inject(Fault.of(FaultKind.GAP).times(3));
    rig.trade(); // a ticker, a trade, a change of the book
    rig.awaitNoFaults();
    rig.inject(fault);
    rig.trade();
  }

  @ParameterizedTest
  @CsvSource({
    "HTML, 0, rest",
    "HTML, 200, answer",
    "EMPTY, 0, answer",
    "REDIRECT, 0, rest",
    "HALF_GZIP, 0, unanswered",
    "STATUS, 500, rest",
    "STATUS, 429, rate",
  })
  void tradesThatCanNotBeFetchedAreSaidWhilePricesGoOn(FaultKind kind, int status, String fault) {
    missTrades(Fault.of(kind).with(status));
    rig.awaitFault(fault, 1);
    rig.awaitFault("trades-lost", 1);
    rig.awaitPrice();
    rig.awaitBook();
    rig.trade();
    rig.awaitPrice();
    rig.awaitBook();
    rig.awaitState("live: ");
    assertEquals(Map.of(fault, 1L, "trades-lost", 1L, "book-gap", 1L), rig.faults());
    assertEquals(1, rig.opened());
  }

  @Test
  void aSlowAnswerIsWaitedFor() {
    missTrades(Fault.of(FaultKind.SLOW).late(400));
    rig.assertUpToDate();
    assertEquals(Map.of("book-gap", 1L), rig.faults());
  }

  @Test
  void listsThatFailAreAskedForAgain() {
    rig.close();
    rig = new DeribitRig("BTC");
    rig.inject(Fault.of(FaultKind.HTML).lasting(600));
    rig.awaitFault("rest", 1);
    rig.control().clear();
    rig.clock.jump(Duration.ofSeconds(31));
    rig.watch();
    rig.clock.jump(Duration.ofSeconds(31));
    Await.until(() -> rig.feed().status().reason() == null, rig::told);
    rig.assertUpToDate();
  }
}
