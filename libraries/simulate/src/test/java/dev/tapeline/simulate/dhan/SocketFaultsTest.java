package dev.tapeline.simulate.dhan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.tapeline.market.tick.Tick;
import dev.tapeline.simulate.DeafSocket;
import dev.tapeline.simulate.Http;
import dev.tapeline.simulate.Scripted;
import dev.tapeline.simulate.TestSocket;
import dev.tapeline.simulate.net.Fault;
import dev.tapeline.simulate.net.FaultKind;
import java.io.IOException;
import java.util.BitSet;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The faults, as a client of the live feed sees them. */
class SocketFaultsTest {

  private static final String FIRST = "0210000135050000334bcd44a0558368";
  private static final String SECOND = "02100001350500000040ce44a0558368";
  private static final String THIRD = "02100001350500000060ce44a0558368";

  private DhanRig rig;
  private TestSocket client;

  @BeforeEach
  void start() {
    rig = DhanRig.start();
    client = rig.feed();
    client.send(DhanRig.request(15, "NSE_EQ", "1333"));
    assertEquals(FIRST, next());
  }

  @AfterEach
  void stop() {
    client.close();
    rig.close();
  }

  private String next() {
    return HexFormat.of().formatHex(client.nextPacket());
  }

  private void inject(Fault fault) {
    rig.simulator.control().inject(fault);
  }

  private static Tick trade(String price) {
    return Scripted.trade(Scripted.HDFCBANK, 2, price, "1");
  }

  @Test
  void aCloseIsNotOvertakenByAResetThoughTheClientStillSends() throws IOException {
    int port = rig.simulator.port();
    try (DeafSocket talker = DeafSocket.open(port, DhanRig.FEED)) {
      inject(Fault.of(FaultKind.CLOSE).with(4001));
      assertEquals(4001, talker.awaitClose());
      for (int i = 0; i < 100; i++) {
        talker.ping();
      }
      talker.awaitGoodEnd();
    }
  }

  @Test
  void aResetHasNoCloseFrame() {
    inject(Fault.of(FaultKind.RESET));
    assertEquals(TestSocket.End.WITHOUT_FRAME, client.awaitEnd());
  }

  @Test
  void aCloseHasItsCode() {
    inject(Fault.of(FaultKind.CLOSE).with(4001));
    client.assertEnds(4001);
  }

  @Test
  void aShutdownGoesAway() {
    inject(Fault.of(FaultKind.SHUTDOWN));
    client.assertEnds(1001);
  }

  @Test
  void aGapLosesMessages() {
    inject(Fault.of(FaultKind.GAP));
    rig.tell(trade("1650"));
    rig.tell(trade("1651"));
    assertEquals(THIRD, next());
    assertEquals(1, state().at("/connections/0/lost").asInt());
  }

  private JsonNode state() {
    return rig.simulator.control().state();
  }

  @Test
  void silenceLastsUntilItIsEnded() {
    inject(Fault.of(FaultKind.SILENCE));
    rig.tell(trade("1650"));
    assertEquals("[\"silence\"]", state().path("faults").toString());
    rig.simulator.control().clear();
    rig.tell(trade("1651"));
    assertEquals(THIRD, next());
  }

  @Test
  void lateMessagesKeepTheirOrder() {
    inject(Fault.of(FaultKind.LAG).times(1).late(100));
    rig.tell(trade("1650"));
    rig.tell(trade("1651"));
    assertEquals(SECOND, next());
    assertEquals(THIRD, next());
  }

  @Test
  void aTruncatedMessageIsHalf() {
    inject(Fault.of(FaultKind.TRUNCATE));
    rig.tell(trade("1650"));
    assertEquals(SECOND.substring(0, 16), next());
  }

  @Test
  void aFlippedBitIsOne() {
    inject(Fault.of(FaultKind.BITFLIP));
    rig.tell(trade("1650"));
    BitSet wrong = BitSet.valueOf(client.nextPacket());
    wrong.xor(BitSet.valueOf(HexFormat.of().parseHex(SECOND)));
    assertEquals(1, wrong.cardinality());
  }

  @Test
  void garbageAndUnknownCodesAreMessagesOfTheirOwn() {
    inject(Fault.of(FaultKind.UNKNOWN_CODE));
    assertEquals("6318000101000000" + "00".repeat(16), next());
    inject(Fault.of(FaultKind.GARBAGE));
    assertEquals(37, client.nextPacket().length);
    rig.tell(trade("1650"));
    assertEquals(SECOND, next());
  }

  @Test
  void theLimitOfConnectionsEndsASocket() {
    inject(Fault.of(FaultKind.CONNECTION_LIMIT));
    assertEquals("320a0000000000002503", next());
  }

  @Test
  void refusedConnectionsAreReset() {
    inject(Fault.of(FaultKind.REFUSE).lasting(600)); // a client may try again by itself
    assertInstanceOf(IOException.class, TestSocket.refused(rig.simulator.port(), DhanRig.FEED));
    rig.simulator.control().clear();
    rig.feed().close();
  }

  @Test
  void handshakesMayBeRefusedByAStatus() {
    inject(Fault.of(FaultKind.STATUS).with(429));
    Throwable refusal = TestSocket.refused(rig.simulator.port(), DhanRig.FEED);
    assertEquals("WebSocketHandshakeException", refusal.getClass().getSimpleName());
  }

  @Test
  void theControlApiDoesTheSame() {
    Http http = new Http(rig.simulator.controlPort());
    assertEquals(200, http.call("POST", "/fault", "{\"kind\":\"gap\",\"socket\":1}").statusCode());
    rig.tell(trade("1650"));
    assertEquals(1, Http.json(http.get("/state")).at("/connections/0/lost").asInt());
    assertEquals(400, http.call("POST", "/fault", "{\"kind\":\"gup\"}").statusCode());
    assertEquals(400, http.call("POST", "/fault", "{").statusCode());
    assertEquals(404, http.get("/else").statusCode());
    assertEquals(200, http.call("DELETE", "/fault", "").statusCode());
    assertEquals(200, http.call("POST", "/push", "{\"hex\":\"0708000100000000\"}").statusCode());
    assertEquals("0708000100000000", next());
  }

  @Test
  void aMarketThatIsHaltedStandsStill() {
    Http http = new Http(rig.simulator.controlPort());
    assertEquals(200, http.call("POST", "/halt", "").statusCode());
    rig.tell(trade("1650"));
    assertEquals("1642.35", lastPrice(http));
    assertEquals(200, http.call("DELETE", "/halt", "").statusCode());
    assertEquals("1650", lastPrice(http));
  }

  private static String lastPrice(Http http) {
    return Http.json(http.get("/state")).at("/last_prices/NSE_EQ:1333").asString();
  }

  @Test
  void theStateShowsSubscriptionsAndPricesButNoTokens() {
    JsonNode state = state();
    assertEquals("[\"ticker NSE_EQ:1333\"]", state.at("/connections/0/subscriptions").toString());
    assertEquals("1642.35", state.path("last_prices").path("NSE_EQ:1333").asString());
    assertEquals(-1, state.toString().indexOf("simulated-token"));
    assertNotEquals(0, state.at("/connections/0/bytes").asInt());
  }
}
