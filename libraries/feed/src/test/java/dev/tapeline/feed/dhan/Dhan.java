package dev.tapeline.feed.dhan;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;

/** Instruments, times and packets for the tests of Dhan's feed. */
public final class Dhan {

  public static final Instrument HDFCBANK =
      new Instrument.Share(reference("HDFCBANK", "NSE_EQ", "1333"));
  public static final Instrument NIFTY = new Instrument.Index(reference("NIFTY", "IDX_I", "13"));

  /** An option whose id is that of the golden vectors. */
  public static final Instrument OPTION = option("NIFTY-CE", "55796", "24000");

  /** 2025-07-25 10:00:00 in India, as in the golden vectors. */
  public static final long TEN = Instant.parse("2025-07-25T04:30:00Z").toEpochMilli();

  /** The same as the vendor sends it. */
  public static final int TEN_SENT = 1753437600;

  private Dhan() {}

  public static Reference reference(String symbol, String segment, String id) {
    return new Reference(symbol, segment, id, symbol, new BigDecimal("0.05"));
  }

  public static Instrument share(int id) {
    return new Instrument.Share(reference("S" + id, "NSE_EQ", Integer.toString(id)));
  }

  public static Instrument option(String symbol, String id, String strike) {
    return new Instrument.Option(
        reference(symbol, "NSE_FNO", id),
        "NIFTY",
        LocalDate.of(2025, 7, 31),
        new BigDecimal(strike),
        Instrument.Right.CALL,
        BigDecimal.valueOf(75));
  }

  public static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  /** A ticker packet of NSE_EQ. */
  public static byte[] ticker(int id, String price, int time) {
    return packet(2, 16, 1, id).putFloat(8, Float.parseFloat(price)).putInt(12, time).array();
  }

  /** A ticker packet of an index. */
  public static byte[] index(int id, String price, int time) {
    return packet(2, 16, 0, id).putFloat(8, Float.parseFloat(price)).putInt(12, time).array();
  }

  /** A quote packet of NSE_EQ without the figures of the session. */
  public static byte[] quote(int id, String price, int quantity, int time, int volume) {
    return packet(4, 50, 1, id)
        .putFloat(8, Float.parseFloat(price))
        .putShort(12, (short) quantity)
        .putInt(14, time)
        .putInt(22, volume)
        .array();
  }

  public static byte[] disconnect(int code) {
    return packet(50, 10, 0, 0).putShort(8, (short) code).array();
  }

  /** A packet of zeros with a header. */
  public static ByteBuffer packet(int code, int size, int segment, int id) {
    return ByteBuffer.allocate(size)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(0, (byte) code)
        .putShort(1, (short) size)
        .put(3, (byte) segment)
        .putInt(4, id);
  }

  public static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer all = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      all.put(part);
    }
    return all.array();
  }
}
