package dev.tapeline.market.indicator;

/**
 * Bollinger bands: the average of the last closes, and so many standard deviations (of the whole
 * population) above and below; where the close is between them, 0 to 1; and their distance over the
 * average. By J. Bollinger, "Bollinger on Bollinger Bands" (2001).
 */
final class Bollinger extends Indicator {

  private final Window closes;
  private final double factor;

  Bollinger(int length, double factor) {
    this.closes = new Window(length);
    this.factor = factor;
  }

  @Override
  void reset() {
    closes.reset();
  }

  @Override
  void peek(BarValues bar, Readings out, int first) {
    if (closes.isDue()) {
      double middle = closes.mean(bar.close());
      double distance = factor * Math.sqrt(closes.variance(bar.close(), middle));
      out.put(first, middle);
      out.put(first + 1, middle + distance);
      out.put(first + 2, middle - distance);
      out.put(first + 3, (bar.close() - middle + distance) / (2 * distance)); // none if it is 0
      out.put(first + 4, 2 * distance / middle);
    }
  }

  @Override
  void commit(BarValues bar) {
    closes.add(bar.close());
  }
}
