package dev.tapeline.bench.dhan;

import dev.tapeline.feed.dhan.packet.FeedMode;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Dhan's packets of many shares in turn, one kind for all, ready in memory: each is a trade. They
 * are a round, which can be sent again and again: {@link #nextRound} lets the volumes grow, and the
 * books of a round end where they began. Not thread-safe.
 */
public final class SamplePackets {

  /** How the books of full packets change from one packet of an instrument to its next. */
  public enum Books {
    /** As real ones do: two of ten quantities, or one packet in five the price by a step. */
    MOVING,
    /** All quantities at once, and the price by up to ten steps: the worst case. */
    RANDOM
  }

  /** When all packets are received, epoch ms: 09:30 in India. */
  public static final long RECEIVED = 1_753_416_000_000L;

  private static final int INDIA = 19_800;
  private static final int TIME = (int) (RECEIVED / 1000) + INDIA;
  private static final int FIRST_VOLUME = 1_000;
  private static final int QUANTITY = 25;
  private static final int TIME_AT = 14;
  private static final int VOLUME_AT = 22;
  private static final int NSE = 1;

  /** The packets of one instrument in a round. */
  private static final int EACH = 10;

  private final FeedMode mode;
  private final int count;
  private final List<byte[]> packets;

  /**
   * @param mode what the instruments are subscribed with, which tells the kind of the packets
   * @param count how many instruments
   */
  public SamplePackets(FeedMode mode, int count, Books books) {
    this.mode = mode;
    this.count = count;
    byte[][] all = new byte[count * EACH][];
    Random random = new Random(1);
    for (int i = 0; i < count; i++) {
      List<SampleBook> day = day(10_000 + i * 37, books, random);
      for (int turn = 0; turn < EACH; turn++) {
        all[turn * count + i] = packet(i, turn, 10_000 + i * 37, day.get(turn));
      }
    }
    packets = List.of(all);
  }

  /** The books of an instrument: as many forth as back, so that the last is next to the first. */
  private static List<SampleBook> day(int base, Books books, Random random) {
    List<SampleBook> day = new ArrayList<>();
    day.add(SampleBook.random(base, random));
    while (day.size() <= EACH / 2) {
      day.add(books == Books.MOVING ? day.getLast().next(random) : SampleBook.random(base, random));
    }
    while (day.size() < EACH) {
      day.add(books == Books.MOVING ? day.get(EACH - day.size()) : SampleBook.random(base, random));
    }
    return day;
  }

  private byte[] packet(int number, int turn, int base, SampleBook book) {
    int code = mode == FeedMode.TICKER ? 2 : mode == FeedMode.QUOTE ? 4 : 8;
    int size = mode == FeedMode.TICKER ? 16 : mode == FeedMode.QUOTE ? 50 : 162;
    ByteBuffer packet = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    packet.put(0, (byte) code).putShort(1, (short) size).put(3, (byte) NSE);
    packet.putInt(4, id(number)).putFloat(8, book.last());
    if (mode == FeedMode.TICKER) {
      return packet.putInt(12, TIME + turn).array();
    }
    packet.putShort(12, (short) QUANTITY).putInt(TIME_AT, TIME).putFloat(18, base / 100f);
    packet.putInt(VOLUME_AT, FIRST_VOLUME + turn * QUANTITY).putInt(26, 9_000).putInt(30, 8_000);
    int figures = mode == FeedMode.QUOTE ? 34 : 46;
    packet.putFloat(figures, base / 100f).putFloat(figures + 4, base / 100f);
    packet.putFloat(figures + 8, (base + 1_000) / 100f).putFloat(figures + 12, base / 200f);
    if (mode == FeedMode.FULL) {
      book.write(packet, 62);
    }
    return packet.array();
  }

  private static int id(int number) {
    return 1 + number * 7;
  }

  /** The shares that the packets are of. */
  public List<Instrument> instruments() {
    List<Instrument> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String symbol = "SHARE" + i;
      all.add(
          new Instrument.Share(
              new Reference(
                  symbol, "NSE_EQ", Integer.toString(id(i)), symbol, new BigDecimal("0.05"))));
    }
    return all;
  }

  /** The packets, each a frame of its own; the arrays are those that {@link #nextRound} changes. */
  public List<byte[]> packets() {
    return packets;
  }

  /** The packets with so many in a frame. */
  public List<byte[]> frames(int each) {
    List<byte[]> frames = new ArrayList<>();
    for (int from = 0; from < packets.size(); from += each) {
      List<byte[]> some = packets.subList(from, Math.min(from + each, packets.size()));
      ByteBuffer frame = ByteBuffer.allocate(some.stream().mapToInt(one -> one.length).sum());
      some.forEach(frame::put);
      frames.add(frame.array());
    }
    return frames;
  }

  /** The size of each packet in bytes. */
  public int size() {
    return packets.getFirst().length;
  }

  /**
   * Gives the packets of a quote or full frame another time of their trades.
   *
   * @param millis epoch ms UTC, of which whole seconds count
   */
  public void tradedAt(byte[] frame, long millis) {
    ByteBuffer bytes = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = TIME_AT; at < frame.length; at += size()) {
      bytes.putInt(at, (int) (millis / 1000) + INDIA);
    }
  }

  /** Makes the packets of these frames the next ones of their instruments. */
  public void nextRound(List<byte[]> frames) {
    if (mode == FeedMode.TICKER) {
      return; // has no volume, and the times within a round differ
    }
    for (byte[] frame : frames) {
      ByteBuffer bytes = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
      for (int at = VOLUME_AT; at < frame.length; at += size()) {
        bytes.putInt(at, bytes.getInt(at) + EACH * QUANTITY);
      }
    }
  }
}
