package dev.tapeline.market.indicator;

/**
 * Commodity channel index: how far the typical price is from its average, in units of 0.015 times
 * its mean distance from that. 0 where all prices are equal. By D. R. Lambert, "Commodity Channel
 * Index: Tools for Trading Cyclic Trends" (1980).
 */
final class Cci extends Indicator {

  private static final double UNIT = 0.015;

  private final Window prices;

  Cci(int length) {
    prices = new Window(length);
  }

  @Override
  void reset() {
    prices.reset();
  }

  @Override
  void peek(BarValues bar, Readings out, int first) {
    if (prices.isDue()) {
      double price = bar.typical();
      double mean = prices.mean(price);
      double deviation = prices.deviation(price, mean);
      out.put(first, deviation == 0 ? 0 : (price - mean) / (UNIT * deviation));
    }
  }

  @Override
  void commit(BarValues bar) {
    prices.add(bar.typical());
  }
}
