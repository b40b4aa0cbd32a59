package dev.tapeline.market.board;

import static dev.tapeline.market.Ticks.start;
import static dev.tapeline.market.Ticks.stats;
import static dev.tapeline.market.Ticks.trade;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.Market;
import dev.tapeline.market.Told;
import dev.tapeline.market.event.DayFigures;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DayStatsStudyTest {

  private final Told told = new Told();
  private final Market market = Market.of(told);

  private DayFigures after(Tick... ticks) {
    for (Tick tick : ticks) {
      market.onTick(tick);
    }
    return told.newest(MarketEvent.DayChanged.class).day();
  }

  private static BigDecimal of(String text) {
    return new BigDecimal(text);
  }

  @Test
  void tradesMakeTheFiguresOfTheDay() {
    DayFigures day =
        after(
            start("1650.00"),
            trade("1642.35", "10", 1000),
            trade("1660.00", "5", 2000),
            trade("1633.50", "7", 3000));
    assertEquals(of("1642.35"), day.open());
    assertEquals(of("1660.00"), day.high());
    assertEquals(of("1633.50"), day.low());
    assertEquals(of("22"), day.volume());
    assertEquals(of("1643.5455"), day.average()); // 36,158.00 / 22
    assertEquals(of("1650.00"), day.prevClose());
    assertEquals(of("-16.50"), day.change());
    assertEquals(of("-1.00"), day.changePct());
  }

  @Test
  void whatTheVendorSendsCountsAndIsNotAddedUp() {
    DayFigures day =
        after(
            trade("100", "10", 1),
            stats("99", "105", "98", "5000", "101.25", "97"),
            trade("106", "10", 2));
    assertEquals(of("5000"), day.volume());
    assertEquals(of("101.25"), day.average());
    assertEquals(of("99"), day.open());
    assertEquals(of("106"), day.high()); // a trade after the vendor's figure
    assertEquals(of("98"), day.low());
    assertEquals(of("9"), day.change());
  }

  @Test
  void whatTheVendorLeavesOutComesFromTheTrades() {
    DayFigures day = after(trade("100", "10", 1), stats(null, null, null, "5000", null, null));
    assertEquals(of("100"), day.open());
    assertEquals(of("5000"), day.volume());
    assertEquals(of("100.00"), day.average());
    assertNull(day.prevClose());
    assertNull(day.change());
    assertNull(day.changePct());
  }

  @Test
  void tradesWithoutAQuantityMakeNoVolume() {
    DayFigures day = after(trade("100", null, 1), trade("101", null, 2));
    assertEquals(of("101"), day.high());
    assertNull(day.volume());
    assertNull(day.average());
  }

  @Test
  void aPriceThatIsNoTradeMakesNoHighAndNoLow() {
    DayFigures day = after(start("10"), trade("10.5", "1", 1000), lastPrice("12"));
    assertEquals(of("10.5"), day.high());
    assertEquals(of("10.5"), day.low());
    assertEquals(of("2"), day.change());
    DayFigures early = after(start("12"), lastPrice("13"));
    assertNull(early.open());
  }

  @Test
  void openInterestChangesAgainstTheSessionBefore() {
    DayFigures day = after(interest("1000", "900"));
    assertEquals(of("1000"), day.openInterest());
    assertEquals(of("100"), day.openInterestChange());
    assertEquals(of("-50"), after(interest("850", null)).openInterestChange());
    after(start("10"));
    assertEquals(of("30"), after(interest("880", null)).openInterestChange());
  }

  @Test
  void openInterestWithoutOneBeforeHasNoChange() {
    assertNull(after(interest("1000", null)).openInterestChange());
  }

  private static Tick lastPrice(String price) {
    return new Tick.LastPrice(start("1").instrument(), Times.UNKNOWN, of(price));
  }

  private static Tick interest(String value, @Nullable String previous) {
    return new Tick.OpenInterest(
        start("1").instrument(),
        Times.UNKNOWN,
        of(value),
        null,
        null,
        previous == null ? null : of(previous));
  }

  @Test
  void aSessionCountsAnew() {
    DayFigures day = after(trade("5", "1", 1), stats("5", "5", "5", "9", "5", "4"), start("5"));
    assertNull(day.high());
    assertNull(day.volume());
    assertNull(day.average());
    after(trade("4", "2", 2));
    assertEquals(of("2"), day.volume());
    assertEquals(of("4"), day.high());
    assertEquals(of("-1"), day.change());
  }

  /** A feed that runs through the night without a word on the session's start. */
  @Test
  void anotherPreviousCloseBeginsAnotherSession() {
    DayFigures day =
        after(
            stats("118", "121", "117", "90", "119", "110"),
            trade("120", "1", 1),
            stats("98", "100", "97", "10", null, "120"),
            trade("99", "1", 2));
    assertEquals(of("98"), day.open());
    assertEquals(of("100"), day.high());
    assertEquals(of("97"), day.low());
    assertEquals(of("10"), day.volume());
    assertEquals(of("99.00"), day.average()); // of the trades of this session
    assertEquals(of("-21"), day.change());
  }

  @Test
  void theVendorsHighCountsFromWhenItWasTold() {
    DayFigures day = after(trade("121", "1", 1), stats(null, "100", "97", null, null, null));
    assertEquals(of("100"), day.high());
    assertEquals(of("97"), day.low());
    after(trade("96", "1", 2));
    assertEquals(of("96"), day.low());
    assertEquals(of("100"), day.high());
  }

  @Test
  void whatTheVendorDoesNotRepeatStays() {
    DayFigures day =
        after(
            trade("100", "1", 1),
            stats("99", "105", "98", "5000", "101.25", "97"),
            stats(null, null, null, "5001", null, null));
    assertEquals(of("99"), day.open());
    assertEquals(of("105"), day.high());
    assertEquals(of("98"), day.low());
    assertEquals(of("5001"), day.volume());
    assertEquals(of("101.25"), day.average());
    assertEquals(of("97"), day.prevClose());
  }

  @Test
  void samePreviousCloseWithOtherZerosIsTheSameSession() {
    DayFigures day =
        after(
            stats(null, null, null, null, null, "97"),
            trade("100", "3", 1),
            stats(null, null, null, null, null, "97.00"));
    assertEquals(of("100"), day.high());
    assertEquals(of("3"), day.volume());
  }

  @Test
  void changeInPercentIsRoundedHalfUp() {
    assertEquals(of("0.13"), after(start("800"), trade("801", "1", 1)).changePct());
  }

  @Property
  void lowAverageAndHighAreInOrderAndVolumeAddsUp(
      @ForAll @Size(min = 1, max = 50) List<@IntRange(min = 1, max = 1000) Integer> prices) {
    Told fresh = new Told();
    Market day = Market.of(fresh);
    prices.forEach(price -> day.onTick(trade("" + price, "" + price, 1)));
    DayFigures figures = fresh.newest(MarketEvent.DayChanged.class).day();
    assertEquals(BigDecimal.valueOf(prices.stream().mapToInt(p -> p).sum()), figures.volume());
    assertEquals(
        BigDecimal.valueOf(prices.stream().mapToInt(p -> p).max().orElse(0)), figures.high());
    assertEquals(
        BigDecimal.valueOf(prices.stream().mapToInt(p -> p).min().orElse(0)), figures.low());
    assertEquals(BigDecimal.valueOf(prices.getFirst()), figures.open());
    assertTrue(figures.low().compareTo(figures.average()) <= 0, () -> "" + figures.average());
    assertTrue(figures.average().compareTo(figures.high()) <= 0, () -> "" + figures.average());
  }
}
