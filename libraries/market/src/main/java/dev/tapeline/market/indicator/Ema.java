package dev.tapeline.market.indicator;

/**
 * Exponential moving average of the closes, begun with the plain average of the first ones. By P.
 * N. Haurlan, "Measuring Trend Values" (1968).
 */
final class Ema extends Indicator {

  private final SeededAverage average;

  Ema(int length) {
    average = SeededAverage.exponential(length);
  }

  @Override
  void reset() {
    average.reset();
  }

  @Override
  void peek(BarValues bar, Readings out, int first) {
    if (average.isDue()) {
      out.put(first, average.with(bar.close()));
    }
  }

  @Override
  void commit(BarValues bar) {
    average.add(bar.close());
  }
}
