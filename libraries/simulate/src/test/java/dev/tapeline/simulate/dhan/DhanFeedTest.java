package dev.tapeline.simulate.dhan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.tick.Level;
import dev.tapeline.simulate.DeafSocket;
import dev.tapeline.simulate.Scripted;
import dev.tapeline.simulate.TestSocket;
import dev.tapeline.simulate.net.Fault;
import dev.tapeline.simulate.net.FaultKind;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class DhanFeedTest {

  private static final String TICKER = "0210000135050000334bcd44a0558368";

  private static String hex(byte[] packet) {
    return HexFormat.of().formatHex(packet);
  }

  private static int code(byte[] packet) {
    return packet[0] & 0xff;
  }

  /** The reason of a disconnect on the live feed. */
  private static int reason(byte[] packet) {
    assertEquals(50, code(packet));
    return ByteBuffer.wrap(packet).order(ByteOrder.LITTLE_ENDIAN).getShort(8);
  }

  @Test
  void tellsThePresentPriceAndEachLaterOneToTheByte() {
    try (DhanRig rig = DhanRig.start();
        TestSocket client = rig.feed()) {
      client.send(DhanRig.request(15, "NSE_EQ", "1333"));
      assertEquals(TICKER, hex(client.nextPacket()));
      rig.tell(Scripted.trade(Scripted.HDFCBANK, 2, "1650", "1"));
      assertEquals("02100001350500000040ce44a0558368", hex(client.nextPacket()));
      assertEquals(new BigDecimal("1650"), rig.simulator.lastPrice("NSE_EQ:1333"));
    }
  }

  @Test
  void previousClosesComeFirstAndForIndicesOnly() {
    try (DhanRig rig = DhanRig.start();
        TestSocket client = rig.feed()) {
      client.send(DhanRig.request(17, "NSE_EQ", "1333", "IDX_I", "13"));
      byte[] quote = client.nextPacket();
      assertEquals(4, code(quote));
      assertEquals(
          1650f, ByteBuffer.wrap(quote).order(ByteOrder.LITTLE_ENDIAN).getFloat(38), "its close");
      assertEquals(6, code(client.nextPacket()));
      assertEquals(4, code(client.nextPacket()));
    }
  }

  @Test
  void previousClosesMayComeForAll() {
    try (DhanRig rig = new DhanRig(options -> options.with(DhanOptions.PreviousCloses.ALL));
        TestSocket client = rig.feed()) {
      client.send(DhanRig.request(15, "NSE_EQ", "1333"));
      assertEquals("06100001350500000040ce4400000000", hex(client.nextPacket()));
      assertEquals(TICKER, hex(client.nextPacket()));
    }
  }

  @Test
  void anInstrumentMayBeSubscribedToInSeveralModes() {
    try (DhanRig rig = DhanRig.start();
        TestSocket client = rig.feed()) {
      client.send(DhanRig.request(15, "NSE_EQ", "1333"));
      client.send(DhanRig.request(21, "NSE_EQ", "1333"));
      assertEquals(16, client.nextPacket().length);
      assertEquals(162, client.nextPacket().length);
      client.send(DhanRig.request(16, "NSE_EQ", "1333"));
      client.send(DhanRig.request(15, "IDX_I", "13"));
      assertEquals(6, code(client.nextPacket()));
      assertEquals(2, code(client.nextPacket()));
      rig.tell(Scripted.trade(Scripted.HDFCBANK, 2, "1650", "1"));
      assertEquals(8, code(client.nextPacket()));
    }
  }

  @Test
  void quotesOfDerivativesHaveTheirOpenInterestBehindThem() {
    try (DhanRig rig = DhanRig.start();
        TestSocket client = rig.feed()) {
      String id = "70001";
      client.send(DhanRig.request(17, "NSE_FNO", id));
      assertEquals(List.of(4, 5), List.of(code(client.nextPacket()), code(client.nextPacket())));
    }
  }

  @Test
  void packetsMayShareAMessage() {
    try (DhanRig rig = new DhanRig(options -> options.packed(true));
        TestSocket client = rig.feed()) {
      client.send(DhanRig.request(15, "NSE_EQ", "1333", "IDX_I", "13"));
      byte[] message = client.nextPacket();
      assertEquals(48, message.length);
      assertEquals(TICKER, hex(message).substring(0, 32));
    }
  }

  @Test
  void badCredentialsEndTheSocketWithTheirReason() {
    try (DhanRig rig = DhanRig.start()) {
      assertEquals(809, refusal(rig, "token=other&clientId=1100000001&authType=2"));
      assertEquals(810, refusal(rig, "token=simulated-token&clientId=12&authType=2"));
      assertEquals(808, refusal(rig, "clientId=1100000001&authType=2"));
      assertEquals(808, refusal(rig, "token=simulated-token&clientId=1100000001"));
    }
  }

  private static int refusal(DhanRig rig, String query) {
    try (TestSocket client = rig.open("/?version=2&" + query)) {
      int reason = reason(client.nextPacket());
      client.assertEnds(1000);
      return reason;
    }
  }

  @Test
  void anEndedTokenEndsItsSocketsAndOpensNoOthers() {
    try (DhanRig rig = DhanRig.start();
        TestSocket client = rig.feed()) {
      rig.simulator.control().inject(Fault.of(FaultKind.EXPIRE_TOKEN));
      assertEquals(807, reason(client.nextPacket()));
      assertEquals(807, refusal(rig, DhanRig.CREDENTIALS));
    }
  }

  @Test
  void theSixthConnectionEndsTheOldest() {
    try (DhanRig rig = DhanRig.start();
        TestSocket oldest = rig.feed()) {
      List<TestSocket> others = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        others.add(rig.feed());
      }
      others.add(rig.open("/twentydepth?" + DhanRig.CREDENTIALS));
      assertEquals(805, reason(oldest.nextPacket()));
      oldest.assertEnds(1000);
      others.getFirst().send(DhanRig.request(15, "NSE_EQ", "1333"));
      assertEquals(TICKER, hex(others.getFirst().nextPacket()));
      others.forEach(TestSocket::close);
    }
  }

  @Test
  void moreThanAHundredInstrumentsAMessageEndTheSocket() {
    try (DhanRig rig = DhanRig.start();
        TestSocket client = rig.feed()) {
      client.send(DhanRig.request(15, instruments(0, 101)));
      assertEquals(804, reason(client.nextPacket()));
    }
  }

  @Test
  void requestsThatMeanNothingAreIgnored() {
    try (DhanRig rig = DhanRig.start();
        TestSocket client = rig.feed()) {
      client.send("{");
      client.send("[]");
      client.send("{\"RequestCode\":\"x\"}");
      client.send(DhanRig.request(77, "NSE_EQ", "1333"));
      client.send(DhanRig.request(15, "NSE_EQ", "999", "MARS", "1333"));
      client.send(DhanRig.request(12, "NSE_EQ", "1333"));
      client.sendBytes(new byte[83]);
      client.send(DhanRig.request(15, "NSE_EQ", "1333"));
      assertEquals(TICKER, hex(client.nextPacket()));
      assertEquals(
          "{\"binary_messages\":1,\"disconnects_with_list\":1,\"unknown_instruments\":2,"
              + "\"unknown_request_codes\":1,\"unreadable_requests\":3}",
          rig.simulator.control().state().path("counters").toString());
    }
  }

  private static String[] instruments(int from, int to) {
    List<String> all = new ArrayList<>();
    for (int i = from; i < to; i++) {
      all.add("NSE_EQ");
      all.add(Integer.toString(i));
    }
    return all.toArray(String[]::new);
  }

  @Test
  void theClientMayLeave() {
    try (DhanRig rig = DhanRig.start();
        TestSocket client = rig.feed()) {
      client.send("{\"RequestCode\":12}");
      client.assertEnds(1000);
    }
  }

  @Test
  void aNewSessionIsToldInTheSegmentsOfTheClient() {
    try (DhanRig rig = DhanRig.start();
        TestSocket client = rig.feed()) {
      client.send(DhanRig.request(15, "NSE_EQ", "1333"));
      assertEquals(TICKER, hex(client.nextPacket()));
      rig.tell(Scripted.open(Scripted.NIFTY, "24300"), Scripted.open(Scripted.HDFCBANK, "1"));
      assertEquals("0708000100000000", hex(client.nextPacket()));
    }
  }

  @Test
  void aClientThatAnswersNoPingIsReset() throws IOException {
    DhanOptions.Pace quick =
        new DhanOptions.Pace(Duration.ZERO, Duration.ofMillis(50), Duration.ofMillis(200));
    try (DhanRig rig = new DhanRig(options -> options.with(quick));
        DeafSocket deaf = DeafSocket.open(rig.simulator.port(), DhanRig.FEED)) {
      assertTrue(deaf.awaitEnd() > 0, "it was sent pings before");
    }
  }

  @Test
  void pingsTheClient() {
    DhanOptions.Pace quick =
        new DhanOptions.Pace(Duration.ZERO, Duration.ofMillis(50), Duration.ofSeconds(40));
    try (DhanRig rig = new DhanRig(options -> options.with(quick));
        TestSocket client = rig.feed()) {
      assertEquals(4, client.awaitPing().length);
    }
  }

  @Test
  void twentyLevelsOfBothSidesAreStackedInAMessage() {
    try (DhanRig rig = DhanRig.start();
        TestSocket client = rig.open("/twentydepth?" + DhanRig.CREDENTIALS)) {
      rig.tell(
          Scripted.snapshot(
              Scripted.HDFCBANK,
              1,
              List.of(Level.of("100", "10")),
              List.of(Level.of("100.05", "20"))));
      client.send(DhanRig.request(23, "NSE_EQ", "1333"));
      byte[] message = client.nextPacket();
      assertEquals(664, message.length);
      assertEquals(
          "4c012901350500000100000000000000000059400a00000001000000",
          hex(message).substring(0, 56));
      assertEquals(
          "4c013301350500000200000033333333330359401400000001000000",
          hex(message).substring(664, 720));
    }
  }

  @Test
  void twoHundredLevelsComeOnBothPaths() {
    try (DhanRig rig = DhanRig.start()) {
      rig.tell(
          Scripted.snapshot(
              Scripted.HDFCBANK,
              1,
              List.of(Level.of("100", "10")),
              List.of(Level.of("100.05", "20"))));
      for (String path : List.of("/?", "/twohundreddepth?")) {
        try (TestSocket client = rig.open(path + DhanRig.CREDENTIALS)) {
          client.send(
              "{\"RequestCode\":23,\"ExchangeSegment\":\"NSE_EQ\",\"SecurityId\":\"1333\"}");
          assertEquals(2 * 3212, client.nextPacket().length);
        }
      }
    }
  }

  @Test
  void tooManyInstrumentsEndADepthSocket() {
    try (DhanRig rig = DhanRig.start();
        TestSocket client = rig.open("/twentydepth?" + DhanRig.CREDENTIALS)) {
      client.send(DhanRig.request(23, instruments(0, 51)));
      assertArrayEquals(DhanPackets.depthDisconnect(804), client.nextPacket());
    }
  }

  @Test
  void ordersAreToldToThoseWhoHaveLoggedIn() {
    try (DhanRig rig = DhanRig.start();
        TestSocket client = rig.open("/");
        TestSocket stranger = rig.open("/")) {
      client.send(login("simulated-token"));
      stranger.send(login("other"));
      assertEquals(TestSocket.End.WITHOUT_FRAME, stranger.awaitEnd());
      rig.simulator.tellOrder("{\"Data\":{\"Status\":\"TRADED\"},\"Type\":\"order_alert\"}");
      assertEquals("order_alert", client.next().path("Type").asString());
      assertTrue(rig.simulator.control().state().toString().contains("\"orders\""));
    }
  }

  private static String login(String token) {
    return "{\"LoginReq\":{\"MsgCode\":42,\"ClientId\":\"1100000001\",\"Token\":\"%s\"},\"UserType\":\"SELF\"}"
        .formatted(token);
  }
}
