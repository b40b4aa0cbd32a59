package dev.tapeline.market.indicator;

/** Simple moving average: the plain average of the last closes. */
final class Sma extends Indicator {

  private final Window closes;

  Sma(int length) {
    closes = new Window(length);
  }

  @Override
  void reset() {
    closes.reset();
  }

  @Override
  void peek(BarValues bar, Readings out, int first) {
    if (closes.isDue()) {
      out.put(first, closes.average(bar.close()));
    }
  }

  @Override
  void commit(BarValues bar) {
    closes.add(bar.close());
  }
}
