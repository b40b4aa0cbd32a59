package dev.tapeline.market.indicator;

/**
 * Moving average convergence/divergence: the fast exponential average of the closes less the slow
 * one; the signal, which is the exponential average of that; and the line less its signal. Each
 * average begins with the plain average of its own first values. By G. Appel, "The Moving Average
 * Convergence-Divergence Trading Method" (1979).
 */
final class Macd extends Indicator {

  private final SeededAverage fast;
  private final SeededAverage slow;
  private final SeededAverage signal;

  Macd(int fast, int slow, int signal) {
    this.fast = SeededAverage.exponential(fast);
    this.slow = SeededAverage.exponential(slow);
    this.signal = SeededAverage.exponential(signal);
  }

  @Override
  void reset() {
    fast.reset();
    slow.reset();
    signal.reset();
  }

  @Override
  void peek(BarValues bar, Readings out, int first) {
    if (slow.isDue()) { // the fast one is too
      double line = line(bar);
      out.put(first, line);
      if (signal.isDue()) {
        double average = signal.with(line);
        out.put(first + 1, average);
        out.put(first + 2, line - average);
      }
    }
  }

  private double line(BarValues bar) {
    return fast.with(bar.close()) - slow.with(bar.close());
  }

  @Override
  void commit(BarValues bar) {
    if (slow.isDue()) {
      signal.add(line(bar));
    }
    fast.add(bar.close());
    slow.add(bar.close());
  }
}
