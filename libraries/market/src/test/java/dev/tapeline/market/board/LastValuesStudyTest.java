package dev.tapeline.market.board;

import static dev.tapeline.market.Ticks.quote;
import static dev.tapeline.market.Ticks.start;
import static dev.tapeline.market.Ticks.trade;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.tapeline.market.event.LastValues;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastValuesStudyTest {

  private final LastValuesStudy study = new LastValuesStudy();
  private final List<MarketEvent> told = new ArrayList<>();

  private LastValues values(Tick tick) {
    study.onTick(tick, told::add);
    return switch (told.getLast()) {
      case MarketEvent.Traded(_, LastValues last) -> last;
      case MarketEvent.Valued(_, LastValues last) -> last;
      case MarketEvent.Priced(_, LastValues last) -> last;
      case MarketEvent.Quoted(_, LastValues last) -> last;
      default -> throw new AssertionError(told);
    };
  }

  @Test
  void aTradeIsTheLastPrice() {
    LastValues last = values(trade("1642.35", "10", 1000));
    assertEquals(new BigDecimal("1642.35"), last.price());
    values(trade("1633.50", "7", 3000));
    assertEquals(new BigDecimal("1633.50"), last.price());
    assertEquals(new BigDecimal("7"), last.quantity());
    assertEquals(3000, last.time());
    assertNull(last.bid());
  }

  @Test
  void aPriceThatIsNoTradeLeavesTheQuantity() {
    values(trade("10", "3", 1000));
    LastValues last =
        values(
            new Tick.LastPrice(
                trade("10", "3", 0).instrument(), new Times(4000, 0), new BigDecimal("11")));
    assertEquals(new BigDecimal("11"), last.price());
    assertEquals(new BigDecimal("3"), last.quantity());
    assertEquals(4000, last.time());
  }

  @Test
  void aTradeMayHaveNoQuantity() {
    assertNull(values(trade("1642.35", null, 1000)).quantity());
  }

  @Test
  void onlyAMovedBestPriceIsTold() {
    LastValues last = values(quote("10.0 5", "10.5 5"));
    assertEquals(1, told.size());
    study.onTick(quote("10.00 7", "10.5 9"), told::add);
    assertEquals(1, told.size());
    values(quote("10.0 7", "10.4 9"));
    assertEquals(2, told.size());
    values(quote("0 0", "10.4 9"));
    assertEquals(3, told.size());
    assertNull(last.bid());
    assertEquals(new BigDecimal("10.4"), last.ask());
  }

  @Test
  void aSessionForgetsAll() {
    LastValues last = values(trade("5", "1", 1));
    values(quote("4 1", "6 1"));
    study.onTick(start("5"), told::add);
    assertEquals(MarketEvent.SessionStarted.class, told.getLast().getClass());
    assertNull(last.price());
    assertNull(last.quantity());
    assertNull(last.bid());
    assertEquals(0, last.time());
  }
}
