package dev.tapeline.simulate.market;

import dev.tapeline.market.tick.Level;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Extends a book beyond its levels, for vendors that send more of them than the market keeps. */
public final class DeepBook {

  private static final BigDecimal SMALLEST_STEP = new BigDecimal("0.01");

  private DeepBook() {}

  public static List<Level> bids(QuoteState quote, int count) {
    return extend(quote, quote.bids(count), count, -1);
  }

  public static List<Level> asks(QuoteState quote, int count) {
    return extend(quote, quote.asks(count), count, 1);
  }

  /** Adds levels a tick apart, whose quantities follow from those of the book. */
  private static List<Level> extend(QuoteState quote, List<Level> known, int count, int away) {
    if (known.isEmpty()) {
      return known;
    }
    List<Level> levels = new ArrayList<>(known);
    BigDecimal step = quote.instrument().tickSize().max(SMALLEST_STEP);
    BigDecimal price = known.getLast().price();
    while (levels.size() < count) {
      price = price.add(step.multiply(BigDecimal.valueOf(away)));
      if (price.signum() <= 0) {
        return levels;
      }
      levels.add(new Level(price, known.get(levels.size() % known.size()).quantity()));
    }
    return levels;
  }

  /** The number of orders at a level, which the market does not keep: about one per 100. */
  public static int orders(Level level) {
    int orders = level.quantity().intValue() / 100 + 1;
    return level.quantity().signum() == 0 ? 0 : Math.min(orders, 500);
  }
}
