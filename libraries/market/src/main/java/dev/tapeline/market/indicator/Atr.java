package dev.tapeline.market.indicator;

/**
 * Average true range, from the second bar on, with Wilder's smoothing. By J. W. Wilder, "New
 * Concepts in Technical Trading Systems" (1978).
 */
final class Atr extends Indicator {

  private final SeededAverage ranges;
  private boolean any;
  private double close;

  Atr(int length) {
    ranges = SeededAverage.wilder(length);
  }

  @Override
  void reset() {
    any = false;
    ranges.reset();
  }

  @Override
  void peek(BarValues bar, Readings out, int first) {
    if (isDue()) {
      out.put(first, with(bar));
    }
  }

  /** Whether one more bar makes it defined. */
  boolean isDue() {
    return any && ranges.isDue();
  }

  /** The value with this bar as the newest; meaningless unless it is due. */
  double with(BarValues bar) {
    return ranges.with(bar.trueRange(close));
  }

  @Override
  void commit(BarValues bar) {
    if (any) {
      ranges.add(bar.trueRange(close));
    }
    any = true;
    close = bar.close();
  }
}
