package dev.tapeline.market.indicator;

/**
 * Supertrend: a stop that follows the price at so many average true ranges from the middle of the
 * bar, and never moves away from it; and its direction, 1 below the price (rising), -1 above. It
 * begins above. By O. Seban, "Tout le monde mérite d'être riche" (2008), in the form of
 * TradingView's manual; the range begins with the second bar.
 */
final class Supertrend extends Indicator {

  private final Atr range;
  private final double factor;
  private boolean any;
  private boolean rising;
  private double upper;
  private double lower;
  private double close;

  Supertrend(int length, double factor) {
    this.range = new Atr(length);
    this.factor = factor;
  }

  @Override
  void reset() {
    range.reset();
    any = false;
    rising = false;
  }

  @Override
  void peek(BarValues bar, Readings out, int first) {
    if (range.isDue()) {
      double above = upperWith(bar);
      double below = lowerWith(bar);
      boolean up = risesWith(bar, above, below);
      out.put(first, up ? below : above);
      out.put(first + 1, up ? 1 : -1);
    }
  }

  private double upperWith(BarValues bar) {
    double band = middle(bar) + factor * range.with(bar);
    return !any || band < upper || close > upper ? band : upper;
  }

  private double lowerWith(BarValues bar) {
    double band = middle(bar) - factor * range.with(bar);
    return !any || band > lower || close < lower ? band : lower;
  }

  private static double middle(BarValues bar) {
    return (bar.high() + bar.low()) / 2;
  }

  private boolean risesWith(BarValues bar, double above, double below) {
    return any && (rising ? bar.close() >= below : bar.close() > above);
  }

  @Override
  void commit(BarValues bar) {
    if (range.isDue()) {
      double above = upperWith(bar);
      double below = lowerWith(bar);
      rising = risesWith(bar, above, below);
      upper = above;
      lower = below;
      any = true;
    }
    range.commit(bar);
    close = bar.close();
  }
}
