package dev.tapeline.feed.dhan.packet;

import static dev.tapeline.feed.dhan.Dhan.HDFCBANK;
import static dev.tapeline.feed.dhan.Dhan.OPTION;
import static dev.tapeline.feed.dhan.Dhan.TEN;
import static dev.tapeline.feed.dhan.Dhan.hex;
import static dev.tapeline.feed.dhan.Dhan.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.TickBuffer;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Tick;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DepthDecoderTest {

  private static final int BID = 41;
  private static final int ASK = 51;

  private final TickBuffer ticks = new TickBuffer();
  private final List<String> faults = new ArrayList<>();
  private final List<Integer> disconnects = new ArrayList<>();
  private final PacketListener listener =
      new PacketListener() {
        @Override
        public void onFault(String kind, String reason) {
          faults.add(kind);
        }

        @Override
        public void onDisconnect(int code) {
          disconnects.add(code);
        }
      };
  private final InstrumentTable table = new InstrumentTable();
  private final DepthDecoder decoder = new DepthDecoder(table, listener);

  DepthDecoderTest() {
    table.watch(Map.of(HDFCBANK, FeedMode.FULL, OPTION, FeedMode.FULL), TEN);
  }

  @Test
  void theGoldenVectorOpensABook() {
    byte[] bids = new byte[332];
    byte[] start = hex("4c012901350500000700000000000000000059400a00000001000000");
    System.arraycopy(start, 0, bids, 0, start.length);
    assertEquals(List.of(), decode(bids));
    assertEquals(
        List.of(book(List.of(Level.of("100", "10")), List.of(Level.of("100.05", "7")))),
        decode(side(ASK, 20, 100.05, 7)));
  }

  @Test
  void stackedPacketsMakeABookAPair() {
    byte[] frame =
        join(
            side(BID, 20, 100, 1),
            side(ASK, 20, 101, 2),
            side(BID, 20, 100.5, 3),
            side(ASK, 20, 101.5, 4));
    assertEquals(
        List.of(
            book(List.of(Level.of("100", "1")), List.of(Level.of("101", "2"))),
            book(List.of(Level.of("100.5", "3")), List.of(Level.of("101.5", "4")))),
        decode(frame));
  }

  @Test
  void aSideThatComesAloneIsToldWithTheOtherAsItWas() {
    decode(join(side(BID, 20, 100, 1), side(ASK, 20, 101, 2)));
    assertEquals(
        List.of(book(List.of(Level.of("100.5", "3")), List.of(Level.of("101", "2")))),
        decode(join(side(BID, 20, 100.5, 3), side(BID, 20, 100.6, 4))));
  }

  @Test
  void twoHundredLevelsSayHowManyRowsTheyHave() {
    assertEquals(3212, side(BID, 200, 100, 1).length);
    assertEquals(1, decode(join(side(BID, 200, 100, 1), side(ASK, 3, 101, 2))).size());
  }

  @Test
  void theBookOfTheFeedIsNotToldBesideADeeperOne() {
    decode(join(side(BID, 20, 100, 1), side(ASK, 20, 101, 2)));
    PacketDecoder feed =
        new PacketDecoder(table, TradingHours.ALWAYS, Duration.ofSeconds(19_800), listener);
    byte[] full = hex(PacketTests.FULL);
    full[3] = 1;
    System.arraycopy(hex("35050000"), 0, full, 4, 4);
    ticks.clear();
    feed.decode(full, 0, full.length, TEN, ticks);
    assertTrue(ticks.ticks().stream().noneMatch(Tick.Depth.class::isInstance));
    decoder.forget(HDFCBANK);
    ticks.clear();
    feed.decode(full, 0, full.length, TEN, ticks);
    assertTrue(ticks.ticks().stream().anyMatch(Tick.Depth.class::isInstance));
  }

  @Test
  void theReasonOfADisconnectIsFoundInBothPlaces() {
    byte[] documented = header(14, 50, 0).putShort(12, (short) 805).array();
    byte[] ofTheirOwnClient = header(12, 50, 806).array();
    decode(documented);
    decode(ofTheirOwnClient);
    assertEquals(List.of(805, 806), disconnects);
  }

  @Test
  void whatIsUnknownIsCounted() {
    decode(header(12, 42, 0).array());
    decode(header(12, BID, 0).put(3, (byte) 6).array());
    decode(header(12, BID, 0).putInt(4, 99).array());
    decode(header(13, BID, 0).array());
    decode(header(12, BID, 0).putShort(0, (short) 5).array());
    decode(side(BID, 1, Double.NaN, 1));
    decode(side(BID, 1, -5, 1));
    assertEquals(
        List.of("code", "segment", "unwatched", "length", "length", "price", "price"), faults);
  }

  @Property(tries = 2000)
  void randomBytesAreNeverAnException(@ForAll @Size(max = 100) byte[] frame, @ForAll boolean bid) {
    if (frame.length > 12) {
      frame[1] = 0;
      frame[2] = (byte) (bid ? BID : ASK);
      System.arraycopy(hex("0135050000"), 0, frame, 3, 5);
    }
    for (Tick tick : decode(frame)) {
      assertTrue(!tick.toString().contains("NaN"), tick::toString);
    }
  }

  private List<Tick> decode(byte[] frame) {
    ticks.clear();
    decoder.decode(frame, 0, frame.length, TEN, ticks);
    return List.copyOf(ticks.ticks());
  }

  private static Tick book(List<Level> bids, List<Level> asks) {
    return new Tick.Depth(
        HDFCBANK, new dev.tapeline.market.tick.Times(0, TEN), true, 0, 0, bids, asks, null);
  }

  private static ByteBuffer header(int size, int code, int last) {
    return ByteBuffer.allocate(size)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(0, (short) size)
        .put(2, (byte) code)
        .put(3, (byte) 1)
        .putInt(4, 1333)
        .putInt(8, last);
  }

  private static byte[] side(int code, int rows, double price, int quantity) {
    return header(12 + 16 * rows, code, rows)
        .putDouble(12, price)
        .putInt(20, quantity)
        .putInt(24, 1)
        .array();
  }
}
