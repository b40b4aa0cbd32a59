package dev.tapeline.market.indicator;

/**
 * Directional movement: the average directional index, and the plus and minus directional
 * indicators, all in percent, with Wilder's smoothing. The index begins with the plain average of
 * the first distances between the two. 0 where nothing moves. By J. W. Wilder, "New Concepts in
 * Technical Trading Systems" (1978).
 */
final class Adx extends Indicator {

  private final SeededAverage ranges;
  private final SeededAverage rises;
  private final SeededAverage falls;
  private final SeededAverage index;
  private boolean any;
  private double high;
  private double low;
  private double close;

  Adx(int length) {
    ranges = SeededAverage.wilder(length);
    rises = SeededAverage.wilder(length);
    falls = SeededAverage.wilder(length);
    index = SeededAverage.wilder(length);
  }

  @Override
  void reset() {
    any = false;
    ranges.reset();
    rises.reset();
    falls.reset();
    index.reset();
  }

  @Override
  void peek(BarValues bar, Readings out, int first) {
    if (isDue()) {
      double range = ranges.with(bar.trueRange(close));
      double rise = rises.with(rise(bar));
      double fall = falls.with(fall(bar));
      if (index.isDue()) {
        out.put(first, index.with(distance(rise, fall)));
      }
      out.put(first + 1, percent(rise, range));
      out.put(first + 2, percent(fall, range));
    }
  }

  private boolean isDue() {
    return any && ranges.isDue();
  }

  /** How far the high has risen, if that is more than the low has fallen. */
  private double rise(BarValues bar) {
    double up = bar.high() - high;
    return up > low - bar.low() ? Math.max(up, 0) : 0;
  }

  /** How far the low has fallen, if that is more than the high has risen. */
  private double fall(BarValues bar) {
    double down = low - bar.low();
    return down > bar.high() - high ? Math.max(down, 0) : 0;
  }

  private static double distance(double rise, double fall) {
    return percent(Math.abs(rise - fall), rise + fall);
  }

  private static double percent(double part, double whole) {
    return whole == 0 ? 0 : 100 * part / whole;
  }

  @Override
  void commit(BarValues bar) {
    if (isDue()) {
      index.add(distance(rises.with(rise(bar)), falls.with(fall(bar))));
    }
    if (any) {
      ranges.add(bar.trueRange(close));
      rises.add(rise(bar));
      falls.add(fall(bar));
    }
    any = true;
    high = bar.high();
    low = bar.low();
    close = bar.close();
  }
}
