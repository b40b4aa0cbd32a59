package dev.tapeline.market.indicator;

/**
 * Stochastic oscillator: where the close is between the lowest and the highest price of the last
 * bars, in percent, averaged (%K, slow); and the average of that (%D). 50 where all prices are
 * equal. By G. C. Lane, "Lane's Stochastics" (1984).
 */
final class Stochastic extends Indicator {

  private static final double NEITHER = 50;

  private final Window highs;
  private final Window lows;
  private final Window raw;
  private final Window smooth;

  Stochastic(int length, int slowing, int signal) {
    highs = new Window(length);
    lows = new Window(length);
    raw = new Window(slowing);
    smooth = new Window(signal);
  }

  @Override
  void reset() {
    highs.reset();
    lows.reset();
    raw.reset();
    smooth.reset();
  }

  @Override
  void peek(BarValues bar, Readings out, int first) {
    if (highs.isDue() && raw.isDue()) {
      double k = raw.average(rawWith(bar));
      out.put(first, k);
      if (smooth.isDue()) {
        out.put(first + 1, smooth.average(k));
      }
    }
  }

  private double rawWith(BarValues bar) {
    double high = highs.highest(bar.high());
    double low = lows.lowest(bar.low());
    return high == low ? NEITHER : 100 * (bar.close() - low) / (high - low);
  }

  @Override
  void commit(BarValues bar) {
    if (highs.isDue()) {
      double newest = rawWith(bar);
      if (raw.isDue()) {
        smooth.add(raw.average(newest));
      }
      raw.add(newest);
    }
    highs.add(bar.high());
    lows.add(bar.low());
  }
}
