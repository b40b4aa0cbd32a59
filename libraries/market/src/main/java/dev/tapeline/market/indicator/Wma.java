package dev.tapeline.market.indicator;

/** Weighted moving average of the last closes: the oldest counts once, the newest most. */
final class Wma extends Indicator {

  private final Window closes;

  Wma(int length) {
    closes = new Window(length);
  }

  @Override
  void reset() {
    closes.reset();
  }

  @Override
  void peek(BarValues bar, Readings out, int first) {
    if (closes.isDue()) {
      out.put(first, closes.weighted(bar.close()));
    }
  }

  @Override
  void commit(BarValues bar) {
    closes.add(bar.close());
  }
}
