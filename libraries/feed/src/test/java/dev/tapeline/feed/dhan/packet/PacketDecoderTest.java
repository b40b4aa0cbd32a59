package dev.tapeline.feed.dhan.packet;

import static dev.tapeline.feed.dhan.Dhan.HDFCBANK;
import static dev.tapeline.feed.dhan.Dhan.NIFTY;
import static dev.tapeline.feed.dhan.Dhan.OPTION;
import static dev.tapeline.feed.dhan.Dhan.TEN;
import static dev.tapeline.feed.dhan.Dhan.TEN_SENT;
import static dev.tapeline.feed.dhan.Dhan.hex;
import static dev.tapeline.feed.dhan.Dhan.join;
import static dev.tapeline.feed.dhan.Dhan.packet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.tick.Tick;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Splitting, layouts and damage. */
class PacketDecoderTest extends PacketTests {

  @Test
  void aTickerIsALastPriceAtFirst() {
    assertEquals(
        List.of(new Tick.LastPrice(HDFCBANK, NOW, new BigDecimal("1642.35"))), decode(hex(TICKER)));
  }

  @Test
  void theCloseOfTheSessionBefore() {
    assertEquals(
        List.of(figures(HDFCBANK, null, null, null, null, null, "1650")),
        decode(hex("06100001350500000040ce4400000000")));
  }

  @Test
  void openInterestComesWithThatOfTheSessionBefore() {
    decode(hex("06100002f4d900000000114380" + "4f1200"));
    assertEquals(
        List.of(interest("1234575", null, null, "1200000")),
        decode(hex("050c0002f4d900008fd61200")));
    assertEquals(List.of(), decode(hex("050c0002f4d900008fd61200")));
  }

  @Test
  void theStatusOfTheMarketSaysNothing() {
    assertEquals(List.of(), decode(hex("0708000100000000")));
    assertEquals(List.of(), faults);
  }

  @Test
  void aDisconnectHasItsReason() {
    assertEquals(List.of(), decode(hex("320a0000000000002703")));
    assertEquals(List.of(807), disconnects);
  }

  @Test
  void aQuoteHasTheFiguresOfTheSession() {
    assertEquals(
        List.of(
            new Tick.LastPrice(HDFCBANK, NOW, new BigDecimal("1642.35")),
            figures(HDFCBANK, "1630", "1655.5", "1625.25", "1234567", "1640.5", "1650")),
        decode(hex(QUOTE)));
  }

  @Test
  void aFullPacketHasAllThereIs() {
    assertEquals(
        List.of(
            new Tick.LastPrice(OPTION, NOW, new BigDecimal("152.3")),
            figures(OPTION, "140", "160", "138.5", "9876543", "150.25", "145"),
            interest("300000", "310000", "290000", null),
            new Tick.Quote(OPTION, UNTIMED, 0, best("152.25", "75"), best("152.35", "150")),
            new Tick.Depth(
                OPTION,
                UNTIMED,
                true,
                0,
                0,
                levels("152.25 75 152.2 150 152.15 225 152.1 300 152.05 375"),
                levels("152.35 150 152.4 300 152.45 450 152.5 600 152.55 750"),
                null)),
        decode(hex(FULL)));
    assertEquals(List.of(), decode(hex(FULL)));
    assertEquals(List.of(), faults);
  }

  @Test
  void theRealCaptureReads() {
    byte[] frame = hex(FULL);
    System.arraycopy(hex("08a20002f4d90000cd4c18434b00589a"), 0, frame, 0, 16);
    System.arraycopy(hex("9a191843cdcc1843"), 0, frame, 154, 8);
    Tick.Depth depth = (Tick.Depth) decode(frame).getLast();
    assertEquals(level("152.1", "375"), depth.bids().getLast());
    assertEquals(level("152.8", "750"), depth.asks().getLast());
  }

  @Test
  void severalPacketsInAFrameAreSplit() {
    byte[] frame = join(hex(TICKER), hex("0708000100000000"), hex(FULL), hex(QUOTE));
    assertEquals(
        List.of("LastPrice", "LastPrice", "DayStats", "OpenInterest", "Quote", "Depth", "DayStats"),
        kinds(decode(frame)));
    assertEquals(List.of(), faults);
  }

  @Test
  void anUnknownCodeIsSkippedByItsLength() {
    byte[] unknown = packet(99, 20, 1, 1333).array();
    assertEquals(List.of("LastPrice"), kinds(decode(join(unknown, hex(TICKER)))));
    assertEquals(List.of("code"), faults);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 60, 60_000})
  void anUnknownCodeOfAWrongLengthDropsTheRest(int length) {
    byte[] unknown = packet(99, 20, 1, 1333).putShort(1, (short) length).array();
    assertEquals(List.of(), decode(join(unknown, hex(TICKER))));
    assertEquals(List.of("length"), faults);
  }

  @Test
  void aKnownCodeOfAWrongLengthIsSplitByItsSize() {
    byte[] damaged = hex(TICKER);
    damaged[1] = 0;
    assertEquals(List.of("LastPrice", "DayStats"), kinds(decode(join(damaged, hex(QUOTE)))));
    assertEquals(List.of("length"), faults);
  }

  @Test
  void aLongerPacketIsReadAsFarAsItIsKnown() {
    byte[] longer = join(packet(2, 16, 1, 1333).putShort(1, (short) 24).array(), new byte[8]);
    System.arraycopy(hex(TICKER), 8, longer, 8, 8);
    assertEquals(List.of("LastPrice", "DayStats"), kinds(decode(join(longer, hex(QUOTE)))));
    assertEquals(List.of("length"), faults);
  }

  @Test
  void aShortFrameIsCounted() {
    assertEquals(List.of(), decode(hex("0210000135050000334bcd44")));
    assertEquals(List.of("length"), faults);
  }

  @Test
  void codeZeroIsASignOfLife() {
    assertEquals(List.of(), decode(new byte[8]));
    assertEquals(List.of(), decode(new byte[1]));
    assertEquals(
        List.of("LastPrice"), kinds(decode(join(packet(0, 9, 0, 0).array(), hex(TICKER)))));
    assertEquals(List.of(), faults);
  }

  @Test
  void unknownSegmentsAndInstrumentsAreCounted() {
    decode(packet(2, 16, 6, 1333).array());
    decode(packet(2, 16, 200, 1333).array());
    decode(packet(2, 16, 4, 1333).array());
    assertEquals(List.of("segment", "segment", "unwatched"), faults);
  }

  @Test
  void thePacketOfAnIndexIsReadWhenItHas32Bytes() {
    byte[] packet =
        packet(1, 32, 0, 13)
            .putFloat(8, 24_000.5f)
            .putFloat(12, 23_900f)
            .putFloat(16, 23_800f)
            .putFloat(20, 24_100f)
            .putFloat(24, 23_850.25f)
            .putInt(28, TEN_SENT)
            .array();
    assertEquals(
        List.of(
            new Tick.LastPrice(NIFTY, NOW, new BigDecimal("24000.5")),
            figures(NIFTY, "23900", "24100", "23850.25", null, null, null)),
        decode(packet));
    assertEquals(List.of(), faults);
    decode(packet(1, 16, 0, 13).array());
    assertEquals(List.of("length"), faults);
  }

  @Test
  void anInstrumentThatIsNoLongerWatchedEndsQuietly() {
    table.watch(Map.of(NIFTY, FeedMode.QUOTE), TEN);
    assertEquals(List.of(), decode(hex(TICKER)));
    assertEquals(List.of(), faults);
    table.watch(Map.of(NIFTY, FeedMode.QUOTE), TEN + 61_000);
    decode(hex(TICKER));
    assertEquals(List.of("unwatched"), faults);
  }

  /** Random bytes give no exception, and nothing that is not a number. */
  @Property(tries = 2000)
  void randomBytesAreNeverAnException(@ForAll @Size(max = 400) byte[] frame, @ForAll int seed) {
    watch();
    Random random = new Random(seed);
    if (frame.length > 8) { // so that many have a code and an instrument that are known
      frame[0] = new byte[] {0, 1, 2, 4, 5, 6, 7, 8, 50}[random.nextInt(9)];
      System.arraycopy(hex("0135050000"), 0, frame, 3, 5);
    }
    decode(frame);
    checkTicks();
  }

  /** A flipped bit damages its own packet alone, unless it is in the length. */
  @Property(tries = 2000)
  void aFlippedBitCostsOnePacketAtMost(
      @ForAll @IntRange(max = 161) int at, @ForAll @IntRange(max = 7) int bit) {
    table.watch(Map.of(), TEN);
    watch();
    byte[] damaged = hex(FULL);
    damaged[at] ^= (byte) (1 << bit);
    List<Tick> told = decode(join(damaged, hex(QUOTE)));
    boolean lengthOrCode = at <= 2;
    assertTrue(
        lengthOrCode || told.stream().anyMatch(tick -> tick.instrument().equals(HDFCBANK)),
        told::toString);
    checkTicks();
  }

  private void checkTicks() {
    for (Tick tick : ticks.ticks()) {
      String text = tick.toString();
      assertTrue(!text.contains("NaN") && !text.contains("Infinity"), text);
    }
  }
}
