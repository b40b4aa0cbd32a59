package dev.tapeline.server.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.dhan.DhanOptions;
import dev.tapeline.simulate.dhan.DhanAccount;
import dev.tapeline.simulate.dhan.Totp;
import dev.tapeline.simulate.net.Fault;
import dev.tapeline.simulate.net.FaultKind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real feed of Dhan's through the faults of its sockets. The waits of half a minute and more,
 * after HTTP 429 and after code 805 on the only socket, are tested with a clock in the tests of the
 * session.
 */
@Timeout(120)
class DhanFaultsTest {

  private static final String NO_PRICES = "down: no prices yet";
  private static final String LIVE = "live";

  @TempDir Path folder;
  private DhanRig rig;

  @BeforeEach
  void start() {
    rig = new DhanRig(folder.resolve("token"));
    rig.watch(DhanRig.NIFTY, DhanRig.HDFCBANK);
  }

  @AfterEach
  void stop() {
    rig.close();
    assertEquals(List.of(), rig.failures());
  }

  /** The market moves, and all prices have to come. */
  private void assertUpToDate() {
    rig.awaitPrices(DhanRig.NIFTY, DhanRig.HDFCBANK);
    rig.trade(DhanRig.HDFCBANK, "1700.15");
    rig.index("24400.70");
    rig.awaitPrices(DhanRig.NIFTY, DhanRig.HDFCBANK);
  }

  private void assertReconnects(Fault fault, String... states) {
    rig.inject(fault);
    rig.trade(DhanRig.HDFCBANK, "1660.05");
    rig.awaitState("down");
    rig.awaitLive();
    assertEquals(List.of(states), rig.seen.states());
    assertEquals(Map.of(), rig.faults());
    assertUpToDate();
  }

  @Test
  void aResetIsFollowedByAnotherSocket() {
    assertReconnects(Fault.of(FaultKind.RESET), "down: reset by the vendor", NO_PRICES, LIVE);
  }

  @Test
  void aCloseIsToldWithItsCode() {
    assertReconnects(
        Fault.of(FaultKind.CLOSE).with(4001),
        "down: closed by the vendor with 4001",
        NO_PRICES,
        LIVE);
  }

  @Test
  void aShutdownIsAClose() {
    assertReconnects(
        Fault.of(FaultKind.SHUTDOWN), "down: closed by the vendor with 1001", NO_PRICES, LIVE);
  }

  @Test
  void aRefusedConnectionIsTriedAgain() {
    rig.inject(Fault.of(FaultKind.REFUSE));
    assertReconnects(
        Fault.of(FaultKind.CLOSE),
        "down: closed by the vendor with 1001",
        "down: closed by the vendor without an answer",
        NO_PRICES,
        LIVE);
  }

  @Test
  void aHandshakeThatFailsIsTriedAgain() {
    rig.inject(Fault.of(FaultKind.STATUS).with(500));
    assertReconnects(
        Fault.of(FaultKind.RESET),
        "down: reset by the vendor",
        "down: refused with HTTP 500 {\"errorType\":\"Internal_Server_Error\","
            + "\"errorCode\":\"DH-908\",\"errorMessage\":\"Internal server error\"}",
        NO_PRICES,
        LIVE);
  }

  @Test
  void tooManyHandshakesAreToldAndNotRepeatedSoon() {
    rig.inject(Fault.of(FaultKind.STATUS).with(429));
    rig.inject(Fault.of(FaultKind.RESET));
    rig.awaitState("down: refused with HTTP 429");
    assertEquals(Map.of(), rig.faults());
    assertEquals(1, rig.opened());
  }

  @Test
  void silenceEndsTheSocket() {
    rig.inject(Fault.of(FaultKind.SILENCE).lasting(600));
    rig.trade(DhanRig.HDFCBANK, "1660.05");
    assertEquals(List.of(), rig.seen.states());
    rig.clock.jump(Duration.ofSeconds(16));
    rig.awaitState("down");
    rig.control().clear();
    moveOn();
    rig.awaitLive();
    assertEquals(List.of("down: silent for 15 s", NO_PRICES, LIVE), rig.seen.states());
    assertEquals(Map.of(), rig.faults());
    assertUpToDate();
  }

  @Test
  void latePricesComeInTheirOrder() {
    rig.inject(Fault.of(FaultKind.LAG).lasting(1).late(300));
    List<String> told =
        IntStream.range(0, 20).mapToObj(i -> "1650.%02d".formatted(2 * i + 1)).toList();
    told.forEach(price -> rig.trade(DhanRig.HDFCBANK, price));
    assertUpToDate();
    List<String> trades = rig.seen.trades(DhanRig.HDFCBANK);
    assertEquals(told, trades.subList(0, told.size()));
    rig.assertUntouched(Map.of());
  }

  @Test
  void aMissingPacketIsMadeUpForByTheNext() {
    rig.inject(Fault.of(FaultKind.GAP));
    rig.trade(DhanRig.HDFCBANK, "1660.05");
    moveOn();
    assertUpToDate();
    rig.assertUntouched(Map.of());
  }

  /** The next prices have to come; the present ones are lost. */
  private void moveOn() {
    rig.trade(DhanRig.HDFCBANK, "1690.15");
    rig.index("24390.70");
  }

  @Test
  void garbageAndUnknownPacketsAreCountedAndNothingElse() {
    rig.inject(Fault.of(FaultKind.GARBAGE));
    rig.inject(Fault.of(FaultKind.UNKNOWN_CODE));
    assertUpToDate();
    rig.assertUntouched(Map.of("code", 1L, "length", 1L));
  }

  @Test
  void aPacketThatIsCutIsCounted() {
    rig.inject(Fault.of(FaultKind.TRUNCATE));
    rig.trade(DhanRig.HDFCBANK, "1660.05");
    moveOn();
    assertUpToDate();
    rig.assertUntouched(Map.of("length", 1L));
  }

  @Test
  void wrongBitsDoNoHarmThatLasts() {
    rig.inject(Fault.of(FaultKind.BITFLIP).times(100));
    for (int i = 0; i < 100; i++) {
      rig.trade(DhanRig.HDFCBANK, "1650.%02d".formatted(i));
    }
    moveOn();
    assertUpToDate();
    assertEquals(List.of(), rig.seen.states());
    assertEquals(1, rig.opened());
    assertTrue(rig.faults().size() >= 2, rig.faults()::toString);
  }

  @Test
  void aTokenThatEndsStopsAllUntilTheFileHasAnother() throws Exception {
    rig.inject(Fault.of(FaultKind.EXPIRE_TOKEN));
    rig.awaitState("down: auth: the access token has expired");
    rig.trade(DhanRig.HDFCBANK, "1660.05");
    rig.renewToken(mint());
    rig.clock.jump(Duration.ofSeconds(2));
    rig.awaitLive();
    assertEquals(
        List.of(
            "down: auth: the access token has expired: make a new one (807)",
            "down: connecting",
            NO_PRICES,
            LIVE),
        rig.seen.states());
    assertEquals(Map.of(), rig.faults());
    assertUpToDate();
  }

  /** A new token, as a person would make one. */
  private String mint() throws IOException, InterruptedException {
    DhanAccount account = DhanAccount.USUAL;
    URI address =
        URI.create(
            "http://127.0.0.1:%d/app/generateAccessToken?dhanClientId=%s&pin=%s&totp=%s"
                .formatted(
                    rig.simulator.port(),
                    account.clientId(),
                    account.pin(),
                    Totp.at(account.totpSecret(), rig.clock.millis())));
    try (HttpClient client = HttpClient.newHttpClient()) {
      String answer =
          client
              .send(
                  HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.noBody()).build(),
                  BodyHandlers.ofString())
              .body();
      Matcher token = Pattern.compile("\"accessToken\":\"([^\"]+)\"").matcher(answer);
      assertTrue(token.find(), answer);
      return token.group(1);
    }
  }

  @Test
  void theLastSocketOfACrowdedAccountWaits() {
    rig.inject(Fault.of(FaultKind.CONNECTION_LIMIT));
    rig.awaitState("down");
    assertEquals(
        List.of("down: another program uses the account's connections (805)"), rig.seen.states());
    assertEquals(Map.of(), rig.faults());
  }

  @Test
  void oneOfTwoSocketsGivesWayAndItsInstrumentsMove() {
    rig.close();
    rig =
        new DhanRig(
            folder.resolve("token"), new DhanOptions.Limits(5, 2, 100, Duration.ofMillis(50)));
    rig.watch(DhanRig.NIFTY, DhanRig.HDFCBANK, DhanRig.TCS);
    rig.watch(DhanRig.HDFCBANK, DhanRig.TCS);
    rig.inject(Fault.of(FaultKind.CONNECTION_LIMIT).times(1));
    rig.trade(DhanRig.HDFCBANK, "1660.05");
    rig.trade(DhanRig.TCS, "3020.05");
    rig.awaitPrices(DhanRig.HDFCBANK, DhanRig.TCS);
    assertEquals(List.of(), rig.seen.states());
  }
}
