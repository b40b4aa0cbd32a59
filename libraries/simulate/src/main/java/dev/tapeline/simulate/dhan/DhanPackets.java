package dev.tapeline.simulate.dhan;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Writes the packets of Dhan's sockets, little-endian throughout. The header of the live feed is
 * code, length, segment and security id; that of the depth sockets is length, code, segment,
 * security id, and a number.
 */
public final class DhanPackets {

  static final int LEVELS = 5;
  private static final int HEADER = 8;
  private static final int DEPTH_HEADER = 12;
  private static final int DEPTH_ROW = 16;
  private static final int BID = 41;
  private static final int ASK = 51;
  private static final int DISCONNECT = 50;

  private DhanPackets() {}

  private static ByteBuffer packet(int code, int length, DhanId id) {
    return ByteBuffer.allocate(length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) code)
        .putShort((short) length)
        .put((byte) id.segment())
        .putInt(id.securityId());
  }

  private static byte[] bytes(ByteBuffer packet) {
    byte[] bytes = new byte[packet.capacity()];
    packet.clear().get(bytes);
    return bytes;
  }

  /** Code 2: the last price and its time. */
  public static byte[] ticker(DhanId id, BigDecimal last, long time) {
    return bytes(packet(2, 16, id).putFloat(last.floatValue()).putInt((int) time));
  }

  /** Code 4: the figures of the day. */
  public static byte[] quote(DhanId id, DhanFigures figures) {
    ByteBuffer out = packet(4, 50, id);
    putFigures(out, figures);
    putRange(out, figures);
    return bytes(out);
  }

  private static void putFigures(ByteBuffer out, DhanFigures figures) {
    out.putFloat(figures.last().floatValue())
        .putShort((short) figures.lastQuantity())
        .putInt((int) figures.time())
        .putFloat(figures.average().floatValue())
        .putInt((int) figures.volume())
        .putInt((int) figures.sellQuantity())
        .putInt((int) figures.buyQuantity());
  }

  private static void putRange(ByteBuffer out, DhanFigures figures) {
    out.putFloat(figures.open().floatValue())
        .putFloat(figures.close().floatValue())
        .putFloat(figures.high().floatValue())
        .putFloat(figures.low().floatValue());
  }

  /** Code 5: the open interest. */
  public static byte[] openInterest(DhanId id, long value) {
    return bytes(packet(5, 12, id).putInt((int) value));
  }

  /** Code 6: close and open interest of the day before. */
  public static byte[] previousClose(DhanId id, BigDecimal close, long openInterest) {
    return bytes(packet(6, 16, id).putFloat(close.floatValue()).putInt((int) openInterest));
  }

  /** Code 7: the market's status has changed; it does not say to what. */
  public static byte[] marketStatus(DhanId id) {
    return bytes(packet(7, HEADER, id));
  }

  /** Code 8: the figures of the day with five levels of the book; shorter sides are padded. */
  public static byte[] full(
      DhanId id,
      DhanFigures figures,
      DhanInterest interest,
      List<DepthRow> bids,
      List<DepthRow> asks) {
    ByteBuffer out = packet(8, 162, id);
    putFigures(out, figures);
    out.putInt((int) interest.value()).putInt((int) interest.high()).putInt((int) interest.low());
    putRange(out, figures);
    for (int i = 0; i < LEVELS; i++) {
      DepthRow bid = row(bids, i);
      DepthRow ask = row(asks, i);
      out.putInt((int) bid.quantity())
          .putInt((int) ask.quantity())
          .putShort((short) bid.orders())
          .putShort((short) ask.orders())
          .putFloat(bid.price().floatValue())
          .putFloat(ask.price().floatValue());
    }
    return bytes(out);
  }

  private static DepthRow row(List<DepthRow> rows, int index) {
    return index < rows.size() ? rows.get(index) : DepthRow.NONE;
  }

  /** Code 50: the server disconnects, for this reason. */
  public static byte[] disconnect(int reason) {
    return bytes(packet(DISCONNECT, 10, new DhanId(0, 0)).putShort((short) reason));
  }

  /** A packet of any code and length, all zeros behind its header. */
  public static byte[] other(int code, int length, DhanId id) {
    return bytes(packet(code, length, id));
  }

  private static ByteBuffer depthPacket(int code, int length, DhanId id, long number) {
    return ByteBuffer.allocate(length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) length)
        .put((byte) code)
        .put((byte) id.segment())
        .putInt(id.securityId())
        .putInt((int) number);
  }

  /** Code 41 or 51 with 20 levels; shorter sides are padded. */
  public static byte[] depth20(boolean bids, DhanId id, long sequence, List<DepthRow> rows) {
    ByteBuffer out = depthPacket(bids ? BID : ASK, DEPTH_HEADER + 20 * DEPTH_ROW, id, sequence);
    for (int i = 0; i < 20; i++) {
      putRow(out, row(rows, i));
    }
    return bytes(out);
  }

  /** Code 41 or 51 with at most 200 levels, whose number is in the header. */
  public static byte[] depth200(boolean bids, DhanId id, List<DepthRow> rows) {
    int count = Math.min(200, rows.size());
    ByteBuffer out = depthPacket(bids ? BID : ASK, DEPTH_HEADER + count * DEPTH_ROW, id, count);
    rows.subList(0, count).forEach(row -> putRow(out, row));
    return bytes(out);
  }

  private static void putRow(ByteBuffer out, DepthRow row) {
    out.putDouble(row.price().doubleValue()).putInt((int) row.quantity()).putInt(row.orders());
  }

  /**
   * Code 50 on a depth socket. The reason is where the documentation and where the SDK reads it.
   */
  public static byte[] depthDisconnect(int reason) {
    return bytes(
        depthPacket(DISCONNECT, DEPTH_HEADER + 2, new DhanId(0, 0), reason)
            .putShort((short) reason));
  }
}
