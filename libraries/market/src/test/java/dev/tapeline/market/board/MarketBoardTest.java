package dev.tapeline.market.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MarketBoardTest {

  private static final Instrument HDFC =
      new Instrument(
          "HDFCBANK", "NSE_EQ", "1333", "HDFC Bank", Instrument.Type.SHARE, new BigDecimal("0.05"));

  private final MarketBoard board = new MarketBoard();

  @Test
  void nothingIsKnownBeforeTheFirstTick() {
    MarketState state = board.state(HDFC);
    assertNull(state.ltp());
    assertNull(state.volume());
    assertNull(state.change());
  }

  @Test
  void aTradeIsTheLastPriceAndCounts() {
    board.apply(start("1650.00"));
    assertEquals(MarketBoard.Change.LAST, board.apply(trade("1642.35", "10", 1000)));
    assertEquals(MarketBoard.Change.LAST, board.apply(trade("1660.00", "5", 2000)));
    assertEquals(MarketBoard.Change.LAST, board.apply(trade("1633.50", "7", 3000)));
    MarketState state = board.state(HDFC);
    assertEquals(new BigDecimal("1633.50"), state.ltp());
    assertEquals(new BigDecimal("7"), state.ltq());
    assertEquals(new BigDecimal("22"), state.volume());
    assertEquals(new BigDecimal("1642.35"), state.open());
    assertEquals(new BigDecimal("1660.00"), state.high());
    assertEquals(new BigDecimal("1633.50"), state.low());
    assertEquals(new BigDecimal("-16.50"), state.change());
    assertEquals(new BigDecimal("-1.00"), state.changePct());
    assertEquals(3000, state.lastTime());
  }

  @Test
  void changeInPercentIsRoundedHalfUp() {
    board.apply(start("800"));
    board.apply(trade("801", "1", 1));
    assertEquals(new BigDecimal("0.13"), board.state(HDFC).changePct());
  }

  @Test
  void withoutAPreviousCloseThereIsNoChange() {
    board.apply(trade("801", "1", 1));
    assertNull(board.state(HDFC).change());
    assertNull(board.state(HDFC).changePct());
  }

  @Test
  void onlyAMovedBestPriceIsAChangeOfTheQuote() {
    assertEquals(MarketBoard.Change.QUOTE, board.apply(quote("10.0 5", "10.5 5")));
    assertEquals(MarketBoard.Change.NONE, board.apply(quote("10.00 7", "10.5 9")));
    assertEquals(MarketBoard.Change.QUOTE, board.apply(quote("10.0 7", "10.4 9")));
    assertEquals(MarketBoard.Change.QUOTE, board.apply(quote("0 0", "10.4 9")));
    assertNull(board.state(HDFC).bid());
    assertEquals(new BigDecimal("10.4"), board.state(HDFC).ask());
  }

  @Test
  void aSessionCountsAnew() {
    board.apply(trade("5", "1", 1));
    board.apply(quote("4 1", "6 1"));
    assertEquals(MarketBoard.Change.NONE, board.apply(start("5")));
    MarketState state = board.state(HDFC);
    assertNull(state.ltp());
    assertNull(state.high());
    assertNull(state.bid());
    assertNull(state.volume());
    board.apply(trade("4", "2", 2));
    assertEquals(new BigDecimal("2"), state.volume());
    assertEquals(new BigDecimal("4"), state.high());
    assertEquals(new BigDecimal("-1"), state.change());
  }

  @Property
  void lowAndHighEncloseAndVolumeAddsUp(
      @ForAll @Size(min = 1, max = 50) List<@IntRange(min = 1, max = 1000) Integer> prices) {
    MarketBoard fresh = new MarketBoard();
    prices.forEach(price -> fresh.apply(trade("" + price, "" + price, 1)));
    MarketState state = fresh.state(HDFC);
    assertEquals(BigDecimal.valueOf(prices.stream().mapToInt(p -> p).sum()), state.volume());
    assertEquals(
        BigDecimal.valueOf(prices.stream().mapToInt(p -> p).max().orElse(0)), state.high());
    assertEquals(BigDecimal.valueOf(prices.stream().mapToInt(p -> p).min().orElse(0)), state.low());
    assertEquals(BigDecimal.valueOf(prices.getFirst()), state.open());
    assertEquals(BigDecimal.valueOf(prices.getLast()), state.ltp());
  }

  private static Tick trade(String price, String quantity, long time) {
    return new Tick.Trade(
        HDFC,
        new Times(time, time),
        1,
        new BigDecimal(price),
        new BigDecimal(quantity),
        false,
        null);
  }

  private static Tick quote(String bid, String ask) {
    return new Tick.Quote(HDFC, Times.UNKNOWN, 1, level(bid), level(ask));
  }

  private static Level level(String text) {
    String[] pair = text.split(" ");
    return Level.of(pair[0], pair[1]);
  }

  private static Tick start(String prevClose) {
    return new Tick.SessionStart(HDFC, Times.UNKNOWN, new BigDecimal(prevClose));
  }
}
