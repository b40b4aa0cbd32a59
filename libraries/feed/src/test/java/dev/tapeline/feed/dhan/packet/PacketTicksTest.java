package dev.tapeline.feed.dhan.packet;

import static dev.tapeline.feed.dhan.Dhan.HDFCBANK;
import static dev.tapeline.feed.dhan.Dhan.NIFTY;
import static dev.tapeline.feed.dhan.Dhan.TEN;
import static dev.tapeline.feed.dhan.Dhan.TEN_SENT;
import static dev.tapeline.feed.dhan.Dhan.hex;
import static dev.tapeline.feed.dhan.Dhan.index;
import static dev.tapeline.feed.dhan.Dhan.join;
import static dev.tapeline.feed.dhan.Dhan.packet;
import static dev.tapeline.feed.dhan.Dhan.quote;
import static dev.tapeline.feed.dhan.Dhan.ticker;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a trade, a last price or a figure of the session, and what is none. */
class PacketTicksTest extends PacketTests {

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
        List.of(new Tick.LastPrice(HDFCBANK, NOW, new BigDecimal("101"), true), volume("1100")),
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
}
