package dev.tapeline.market.indicator;

/**
 * Relative strength index: 100 times the average gain over the sum of average gain and average
 * loss, from close to close. 50 where there is neither. By J. W. Wilder, "New Concepts in Technical
 * Trading Systems" (1978), with his smoothing.
 */
final class Rsi extends Indicator {

  private static final double NEITHER = 50;

  private final SeededAverage gains;
  private final SeededAverage losses;
  private boolean any;
  private double close;

  Rsi(int length) {
    gains = SeededAverage.wilder(length);
    losses = SeededAverage.wilder(length);
  }

  @Override
  void reset() {
    any = false;
    gains.reset();
    losses.reset();
  }

  @Override
  void peek(BarValues bar, Readings out, int first) {
    if (any && gains.isDue()) {
      double gain = gains.with(gain(bar));
      double both = gain + losses.with(loss(bar));
      out.put(first, both == 0 ? NEITHER : 100 * gain / both);
    }
  }

  private double gain(BarValues bar) {
    return Math.max(bar.close() - close, 0);
  }

  private double loss(BarValues bar) {
    return Math.max(close - bar.close(), 0);
  }

  @Override
  void commit(BarValues bar) {
    if (any) {
      gains.add(gain(bar));
      losses.add(loss(bar));
    }
    any = true;
    close = bar.close();
  }
}
