package dev.tapeline.simulate.dhan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class DhanPacketsTest {

  private static final long TIME = 1_753_437_600;
  private static final DhanId SHARE = new DhanId(1, 1333);
  private static final DhanId OPTION = new DhanId(2, 55_796);

  private static void assertBytes(String hex, byte[] packet) {
    assertEquals(hex, HexFormat.of().formatHex(packet));
  }

  private static BigDecimal price(String text) {
    return new BigDecimal(text);
  }

  @Test
  void writesATicker() {
    assertBytes(
        "0210000135050000334bcd44a0558368", DhanPackets.ticker(SHARE, price("1642.35"), TIME));
  }

  @Test
  void writesPreviousCloses() {
    assertBytes(
        "06100001350500000040ce4400000000", DhanPackets.previousClose(SHARE, price("1650"), 0));
    assertBytes(
        "06100002f4d9000000001143804f1200",
        DhanPackets.previousClose(OPTION, price("145"), 1_200_000));
  }

  @Test
  void writesOpenInterest() {
    assertBytes("050c0002f4d900008fd61200", DhanPackets.openInterest(OPTION, 1_234_575));
  }

  @Test
  void writesTheMarketStatus() {
    assertBytes("0708000100000000", DhanPackets.marketStatus(new DhanId(1, 0)));
  }

  @Test
  void writesADisconnect() {
    assertBytes("320a0000000000002703", DhanPackets.disconnect(807));
  }

  @Test
  void writesAQuote() {
    DhanFigures figures =
        new DhanFigures(
            price("1642.35"),
            25,
            TIME,
            price("1640.5"),
            1_234_567,
            4000,
            5000,
            price("1630"),
            price("1650"),
            price("1655.5"),
            price("1625.25"));
    assertBytes(
        "0432000135050000334bcd441900a05583680010cd4487d61200a00f00008813000000c0cb440040ce4400f0ce44"
            + "0028cb44",
        DhanPackets.quote(SHARE, figures));
  }

  @Test
  void writesAFullPacket() {
    DhanFigures figures =
        new DhanFigures(
            price("152.3"),
            75,
            TIME,
            price("150.25"),
            9_876_543,
            1000,
            2000,
            price("140"),
            price("145"),
            price("160"),
            price("138.5"));
    List<DepthRow> bids = new ArrayList<>();
    List<DepthRow> asks = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      BigDecimal away = price("0.05").multiply(BigDecimal.valueOf(i));
      bids.add(new DepthRow(price("152.25").subtract(away), 75L * (i + 1), i + 1));
      asks.add(new DepthRow(price("152.35").add(away), 150L * (i + 1), i + 2));
    }
    assertBytes(
        "08a20002f4d90000cd4c18434b00a0558368004016433fb49600e8030000d0070000e0930400f0ba0400d06c0400"
            + "00000c43000011430000204300800a434b0000009600000001000200004018439a591843960000002c01"
            + "0000020003003333184366661843e1000000c20100000300040066261843337318432c01000058020000"
            + "040005009a1918430080184377010000ee02000005000600cd0c1843cd8c1843",
        DhanPackets.full(OPTION, figures, new DhanInterest(300_000, 310_000, 290_000), bids, asks));
  }

  @Test
  void writesTwentyLevels() {
    List<DepthRow> rows = List.of(new DepthRow(price("100"), 10, 1));
    byte[] packet = DhanPackets.depth20(true, SHARE, 7, rows);
    assertEquals(332, packet.length);
    assertBytes(
        "4c012901350500000700000000000000000059400a00000001000000" + "00".repeat(304), packet);
    assertEquals(51, DhanPackets.depth20(false, SHARE, 7, rows)[2]);
  }

  @Test
  void writesAsManyOfTwoHundredLevelsAsThereAre() {
    List<DepthRow> rows = List.of(new DepthRow(price("100"), 10, 1));
    assertBytes(
        "1c003301350500000100000000000000000059400a00000001000000",
        DhanPackets.depth200(false, SHARE, rows));
    assertEquals(
        3212, DhanPackets.depth200(true, SHARE, Collections.nCopies(300, DepthRow.NONE)).length);
  }

  @Test
  void disconnectsADepthSocketWithTheReasonInBothPlaces() {
    assertBytes("0e003200000000002503000025" + "03", DhanPackets.depthDisconnect(805));
  }

  @Test
  void largeQuantitiesWrapAsTheirFieldsDo() {
    DhanFigures figures =
        new DhanFigures(
            price("1"),
            65_537,
            TIME,
            price("1"),
            4_294_967_295L,
            0,
            0,
            price("1"),
            price("1"),
            price("1"),
            price("1"));
    byte[] packet = DhanPackets.quote(SHARE, figures);
    assertBytes("0100", new byte[] {packet[12], packet[13]});
    assertBytes("ffffffff", new byte[] {packet[22], packet[23], packet[24], packet[25]});
  }
}
