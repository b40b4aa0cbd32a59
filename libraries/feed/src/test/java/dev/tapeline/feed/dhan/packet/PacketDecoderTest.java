package dev.tapeline.feed.dhan.packet;

import static dev.tapeline.feed.dhan.Dhan.HDFCBANK;
import static dev.tapeline.feed.dhan.Dhan.NIFTY;
import static dev.tapeline.feed.dhan.Dhan.OPTION;
import static dev.tapeline.feed.dhan.Dhan.TEN;
import static dev.tapeline.feed.dhan.Dhan.TEN_SENT;
import static dev.tapeline.feed.dhan.Dhan.hex;
import static dev.tapeline.feed.dhan.Dhan.index;
import static dev.tapeline.feed.dhan.Dhan.join;
import static dev.tapeline.feed.dhan.Dhan.packet;
import static dev.tapeline.feed.dhan.Dhan.quote;
import static dev.tapeline.feed.dhan.Dhan.ticker;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.TickBuffer;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.BestPrice;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacketDecoderTest {

  static final String FULL =
      "08a20002f4d90000cd4c18434b00a0558368004016433fb49600e8030000d0070000e0930400f0ba0400"
          + "d06c040000000c43000011430000204300800a434b0000009600000001000200004018439a591843"
          + "960000002c010000020003003333184366661843e1000000c20100000300040066261843337318432c"
          + "01000058020000040005009a1918430080184377010000ee02000005000600cd0c1843cd8c1843";
  static final String QUOTE =
      "0432000135050000334bcd441900a05583680010cd4487d61200a00f00008813000000c0cb440040ce44"
          + "00f0ce440028cb44";
  private static final String TICKER = "0210000135050000334bcd44a0558368";
  private static final Times NOW = new Times(TEN, TEN);
  private static final Times UNTIMED = new Times(0, TEN);

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
  private final Hours hours = new Hours();
  private final PacketDecoder decoder =
      new PacketDecoder(table, hours, Duration.ofSeconds(19_800), listener);

  /** Open unless a field says otherwise. */
  private static final class Hours implements TradingHours {
    boolean preOpen;
    boolean closed;

    @Override
    public boolean isOpen(long millis) {
      return !closed;
    }

    @Override
    public boolean isPreOpen(Instrument instrument, long millis) {
      return preOpen;
    }

    @Override
    public boolean isBeforeClose(Instrument instrument, long millis) {
      return !closed;
    }
  }

  @BeforeEach
  void watch() {
    watch(FeedMode.FULL);
  }

  private void watch(FeedMode mode) {
    table.watch(Map.of(HDFCBANK, mode, NIFTY, mode.min(FeedMode.QUOTE), OPTION, mode), TEN);
  }

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
  void aTradeIsWhatTheVolumeGrewBy() {
    decode(quote(1333, "100", 5, TEN_SENT, 1000));
    assertEquals(List.of(), decode(quote(1333, "100", 5, TEN_SENT, 1000)));
    assertEquals(
        List.of(trade("100", "7"), volume("1007")), decode(quote(1333, "100", 7, TEN_SENT, 1007)));
    assertEquals(
        List.of(trade("100.05", "7"), volume("2000")),
        decode(quote(1333, "100.05", 7, TEN_SENT, 2000)),
        "conflated: the quantity is that of the last one");
  }

  @Test
  void anotherPriceWithoutVolumeIsNoTrade() {
    decode(quote(1333, "100", 5, TEN_SENT, 1000));
    assertEquals(
        List.of(new Tick.LastPrice(HDFCBANK, NOW, new BigDecimal("101"))),
        decode(quote(1333, "101", 5, TEN_SENT, 1000)));
  }

  @Test
  void aFallingVolumeIsCountedAndIsTheNewBase() {
    decode(quote(1333, "100", 5, TEN_SENT, 1000));
    assertEquals(List.of(volume("10")), decode(quote(1333, "100", 5, TEN_SENT, 10)));
    assertEquals(List.of("volume"), faults);
    assertEquals(
        List.of(trade("100", "5"), volume("15")), decode(quote(1333, "100", 5, TEN_SENT, 15)));
  }

  @Test
  void aQuantityOf0IsUnknown() {
    decode(quote(1333, "100", 5, TEN_SENT, 1000));
    assertEquals(
        new Tick.Trade(HDFCBANK, NOW, Tick.NO_ID, new BigDecimal("100"), null, null, null),
        decode(quote(1333, "100", 0x10000, TEN_SENT, 66_536)).getFirst());
  }

  @Test
  void inModeTickerAnotherTimeOrPriceIsATrade() {
    watch(FeedMode.TICKER);
    decode(ticker(1333, "100", TEN_SENT - 2));
    assertEquals(List.of(), decode(ticker(1333, "100", TEN_SENT - 2)));
    assertEquals(
        List.of("Trade", "Trade"),
        kinds(
            decode(join(ticker(1333, "100", TEN_SENT - 1), ticker(1333, "100.05", TEN_SENT - 1)))));
  }

  @Test
  void aTickerIsNoTradeWhereTheVolumeSaysIt() {
    decode(quote(1333, "100", 5, TEN_SENT - 2, 1000));
    assertEquals(List.of("LastPrice"), kinds(decode(ticker(1333, "100.05", TEN_SENT))));
  }

  @Test
  void whatIsRepeatedAfterAReconnectIsNoTrade() {
    watch(FeedMode.TICKER);
    decode(ticker(1333, "100", TEN_SENT - 5));
    decode(ticker(1333, "101", TEN_SENT - 3));
    table.reopened(HDFCBANK);
    assertEquals(false, table.isStreaming(HDFCBANK));
    assertEquals(List.of(), decode(ticker(1333, "101", TEN_SENT - 3)));
    assertEquals(true, table.isStreaming(HDFCBANK));
    assertEquals(List.of("Trade"), kinds(decode(ticker(1333, "101", TEN_SENT - 1))));
  }

  @Test
  void anIndexHasValues() {
    decode(index(13, "24000", TEN_SENT - 1));
    assertEquals(
        List.of(new Tick.IndexValue(NIFTY, NOW, new BigDecimal("24000.15"))),
        decode(index(13, "24000.15", TEN_SENT)));
    assertEquals(List.of(), decode(index(13, "24000.15", TEN_SENT)));
  }

  @Test
  void pricesBeforeTheOpeningAreNoTrades() {
    hours.preOpen = true;
    decode(quote(1333, "100", 5, TEN_SENT - 2, 1000));
    assertEquals(
        List.of(new Tick.LastPrice(HDFCBANK, NOW, new BigDecimal("101")), volume("1100")),
        decode(quote(1333, "101", 5, TEN_SENT, 1100)));
    decode(index(13, "24000", TEN_SENT - 1));
    assertEquals(List.of("LastPrice"), kinds(decode(index(13, "24001", TEN_SENT))));
    assertEquals(List.of(), decode(index(13, "24001", TEN_SENT + 1)));
  }

  @Test
  void theCloseOfAPacketIsThatOfTheSessionBeforeUntilTradingEnds() {
    assertEquals("1650", prevClose(decode(close("1650", 10))));
    hours.closed = true;
    assertEquals("1650", prevClose(decode(close("1642", 20))), "that of today is not taken");
  }

  @Test
  void aCloseThatComesAfterTradingIsNotTaken() {
    hours.closed = true;
    assertEquals(null, prevClose(decode(close("1642", 20))));
  }

  @Test
  void theCloseOfItsOwnPacketCounts() {
    assertEquals("1650", prevClose(decode(close("1650", 10))));
    assertEquals("1649", prevClose(decode(packet(6, 16, 1, 1333).putFloat(8, 1649).array())));
    decode(close("1650", 20));
    assertEquals("1649", prevClose(last()));
  }

  @Test
  void theNextDayHasAnotherClose() {
    decode(close("1650", 10));
    ticks.clear();
    long tomorrow = TEN + 86_400_000;
    byte[] frame = close("1642", 5);
    decoder.decode(frame, 0, frame.length, tomorrow, ticks);
    assertEquals("1642", prevClose(ticks.ticks()));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, -1, -0.05f, 3e9f})
  void aPriceThatIsNoneIsCountedAndTheRestIsUsed(float price) {
    byte[] frame = packet(4, 50, 1, 1333).putFloat(8, price).putInt(22, 500).array();
    assertEquals(List.of(volume("500")), decode(frame));
    assertEquals(List.of("price"), faults);
  }

  @Test
  void aFigureThatIsNoneLeavesTheOneBefore() {
    decode(packet(4, 50, 1, 1333).putFloat(34, 100).putInt(22, 500).array());
    assertEquals(
        List.of(figures(HDFCBANK, "100", null, null, "501", null, null)),
        decode(packet(4, 50, 1, 1333).putFloat(34, Float.NaN).putInt(22, 501).array()));
    assertEquals(List.of("price"), faults);
  }

  @Test
  void aBookWithAPriceThatIsNoneIsNotTold() {
    byte[] frame = packet(8, 162, 1, 1333).putFloat(62 + 20 + 12, Float.NaN).array();
    assertEquals(List.of(), decode(frame));
    assertEquals(List.of("price"), faults);
  }

  @Test
  void zerosNeverTakeTheirPlace() {
    decode(hex(FULL));
    assertEquals(List.of(), decode(packet(8, 162, 2, 55796).array()));
  }

  @ParameterizedTest
  @CsvSource({"315532800, time", "0, ", "1753438200, time", "-1, time"})
  void aTimeThatCannotBeTrueIsLeftOut(int seconds, String fault) {
    assertEquals(
        List.of(new Tick.LastPrice(HDFCBANK, UNTIMED, new BigDecimal("100"))),
        decode(ticker(1333, "100", seconds)));
    assertEquals(fault == null ? List.of() : List.of(fault), faults);
  }

  @Test
  void aLateTradeKeepsItsTime() {
    decode(ticker(1333, "100", TEN_SENT - 198));
    assertEquals(new Times(TEN - 198_000, TEN), last().getFirst().times());
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

  private static byte[] close(String close, int volume) {
    return packet(4, 50, 1, 1333).putInt(22, volume).putFloat(38, Float.parseFloat(close)).array();
  }

  private static String prevClose(List<Tick> told) {
    return told.stream()
        .filter(Tick.DayStats.class::isInstance)
        .map(tick -> ((Tick.DayStats) tick).prevClose())
        .map(close -> close == null ? null : close.toPlainString())
        .reduce(null, (_, latest) -> latest);
  }

  private List<Tick> last() {
    return List.copyOf(ticks.ticks());
  }

  private List<Tick> decode(byte[] frame) {
    ticks.clear();
    byte[] within = join(new byte[3], frame, new byte[] {1, 2, 3});
    decoder.decode(within, 3, frame.length, TEN, ticks);
    return last();
  }

  private static List<String> kinds(List<Tick> told) {
    return told.stream().map(tick -> tick.getClass().getSimpleName()).toList();
  }

  private static Tick trade(String price, String quantity) {
    return new Tick.Trade(
        HDFCBANK, NOW, Tick.NO_ID, new BigDecimal(price), new BigDecimal(quantity), null, null);
  }

  private static Tick volume(String volume) {
    return figures(HDFCBANK, null, null, null, volume, null, null);
  }

  private static Tick figures(
      Instrument instrument,
      String open,
      String high,
      String low,
      String volume,
      String average,
      String prevClose) {
    return new Tick.DayStats(
        instrument,
        UNTIMED,
        decimal(open),
        decimal(high),
        decimal(low),
        decimal(volume),
        decimal(average),
        decimal(prevClose));
  }

  private static Tick interest(String value, String high, String low, String previous) {
    return new Tick.OpenInterest(
        OPTION, UNTIMED, decimal(value), decimal(high), decimal(low), decimal(previous));
  }

  private static BigDecimal decimal(String text) {
    return text == null ? null : new BigDecimal(text);
  }

  private static BestPrice best(String price, String quantity) {
    return new BestPrice(new BigDecimal(price), new BigDecimal(quantity));
  }

  private static Level level(String price, String quantity) {
    return new Level(new BigDecimal(price), new BigDecimal(quantity));
  }

  private static List<Level> levels(String text) {
    String[] words = text.split(" ");
    List<Level> levels = new ArrayList<>();
    for (int i = 0; i < words.length; i += 2) {
      levels.add(level(words[i], words[i + 1]));
    }
    return levels;
  }
}
