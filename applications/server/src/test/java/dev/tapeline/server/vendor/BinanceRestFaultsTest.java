package dev.tapeline.server.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.feed.Detail;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.simulate.net.Fault;
import dev.tapeline.simulate.net.FaultKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real feed of Binance's through the faults of REST, which it needs for books. */
@Timeout(120)
class BinanceRestFaultsTest {

  private BinanceRig rig;

  @BeforeEach
  void start() {
    rig = new BinanceRig();
    rig.watch(Detail.QUOTE);
  }

  @AfterEach
  void stop() {
    rig.close();
    assertEquals(List.of(), rig.failures());
  }

  /** Lets the next answer fail, which is that with the book. */
  private void wantBook(Fault fault) {
    rig.inject(fault);
    rig.feed().watch(Watchlist.of(Map.of(BinanceRig.BITCOIN, Detail.BOOK)));
    rig.trade(3);
  }

  @ParameterizedTest
  @CsvSource({
    "HTML, 0, rest-502",
    "HTML, 200, html",
    "EMPTY, 0, answer",
    "REDIRECT, 0, rest-302",
    "HALF_GZIP, 0, no-answer",
    "STATUS, 500, rest-500",
  })
  void aSnapshotOfNoUseIsCountedAndAskedForAgain(FaultKind kind, int status, String fault) {
    wantBook(Fault.of(kind).with(status));
    rig.awaitFault(fault, 1);
    rig.awaitBook();
    rig.trade();
    rig.awaitPrice();
    rig.awaitBook();
    assertEquals(Map.of(fault, 1L), rig.faults());
    assertEquals(1, rig.opened());
  }

  @Test
  void tooManyCallsAreToldWhilePricesGoOn() {
    wantBook(Fault.of(FaultKind.STATUS).with(429));
    rig.awaitState("live: no REST calls for 60 s: too many calls (429)");
    rig.trade();
    rig.awaitPrice();
    assertEquals(Map.of("rest-429", 1L), rig.faults());
  }

  @Test
  void aSlowSnapshotIsWaitedFor() {
    wantBook(Fault.of(FaultKind.SLOW).late(400));
    rig.trade();
    rig.awaitBook();
    assertEquals(Map.of(), rig.faults());
  }
}
