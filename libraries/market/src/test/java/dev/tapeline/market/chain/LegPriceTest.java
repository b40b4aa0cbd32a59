package dev.tapeline.market.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.chain.LegPrice.LastAge;
import dev.tapeline.market.chain.LegPrice.Source;
import org.junit.jupiter.api.Test;

/** The rules for prices of options, one test for each. */
class LegPriceTest {

  private static final double NONE = Double.NaN;
  private static final double LIMIT = 0.30;

  private static LegPrice price(double bid, double ask, double last, LastAge age) {
    return LegPrice.of(bid, ask, last, age, LIMIT);
  }

  private static void assertAbsent(NoFigure why, LegPrice price) {
    assertEquals(why, price.why());
    assertEquals(Source.NONE, price.source());
    assertTrue(Double.isNaN(price.value()));
    assertFalse(price.isFirm());
  }

  @Test
  void aQuoteInOrderCountsByItsMiddle() {
    LegPrice price = price(100, 102, 90, LastAge.FRESH);
    assertEquals(new LegPrice(101, Source.MID, false, null), price);
    assertTrue(price.isFirm());
  }

  @Test
  void aWideQuoteCountsButSaysNothingOfTheForward() {
    assertEquals(
        new LegPrice(100, Source.MID, true, null), price(84.9, 115.1, NONE, LastAge.FRESH));
    assertFalse(price(84.9, 115.1, NONE, LastAge.FRESH).isFirm());
    assertTrue(price(85, 115, NONE, LastAge.FRESH).isFirm(), "just at the limit");
  }

  @Test
  void aOneSidedQuoteGivesWayToTheLastPrice() {
    LegPrice last = new LegPrice(90, Source.LAST, false, null);
    assertEquals(last, price(100, NONE, 90, LastAge.FRESH));
    assertEquals(last, price(NONE, 100, 90, LastAge.FRESH));
    assertEquals(last, price(NONE, NONE, 90, LastAge.FRESH));
    assertEquals(last, price(0, 100, 90, LastAge.FRESH));
  }

  @Test
  void aCrossedQuoteGivesWayToTheLastPrice() {
    assertEquals(new LegPrice(90, Source.LAST, false, null), price(101, 100, 90, LastAge.FRESH));
  }

  @Test
  void anOldLastPriceIsStale() {
    assertAbsent(NoFigure.STALE, price(NONE, 100, 90, LastAge.TOO_OLD));
  }

  @Test
  void withoutAnythingThereIsNoQuote() {
    assertAbsent(NoFigure.NO_QUOTE, price(101, 100, NONE, LastAge.FRESH));
    assertAbsent(NoFigure.NO_QUOTE, price(NONE, NONE, 0, LastAge.FRESH));
  }
}
