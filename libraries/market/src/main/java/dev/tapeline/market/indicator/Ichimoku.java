package dev.tapeline.market.indicator;

/**
 * Ichimoku kinko hyo: the conversion line, the base line, and the spans of the cloud under this
 * bar. A line is the middle between the highest and the lowest price of its last bars. The leading
 * spans are drawn as many bars ahead as the base line is long: what is under this bar was told so
 * many bars ago. The lagging span is the close itself, drawn back, and not told. By G. Hosoda
 * (1969).
 */
final class Ichimoku extends Indicator {

  private final Line conversion;
  private final Line base;
  private final Line slow;
  private final Window leadsA;
  private final Window leadsB;

  Ichimoku(int conversion, int base, int slow) {
    this.conversion = new Line(conversion);
    this.base = new Line(base);
    this.slow = new Line(slow);
    this.leadsA = new Window(base + 1);
    this.leadsB = new Window(base + 1);
  }

  /** The middle of the range of the last bars. */
  private static final class Line {

    private final Window highs;
    private final Window lows;

    private Line(int length) {
      highs = new Window(length);
      lows = new Window(length);
    }

    private void reset() {
      highs.reset();
      lows.reset();
    }

    private boolean isDue() {
      return highs.isDue();
    }

    private double with(BarValues bar) {
      return (highs.highest(bar.high()) + lows.lowest(bar.low())) / 2;
    }

    private void add(BarValues bar) {
      highs.add(bar.high());
      lows.add(bar.low());
    }
  }

  @Override
  void reset() {
    conversion.reset();
    base.reset();
    slow.reset();
    leadsA.reset();
    leadsB.reset();
  }

  @Override
  void peek(BarValues bar, Readings out, int first) {
    if (conversion.isDue()) {
      out.put(first, conversion.with(bar));
    }
    if (base.isDue()) {
      out.put(first + 1, base.with(bar));
    }
    if (leadsA.isDue()) {
      out.put(first + 2, leadsA.oldest(0));
    }
    if (leadsB.isDue()) {
      out.put(first + 3, leadsB.oldest(0));
    }
    if (isLeadDue()) {
      out.put(first + 4, lead(bar));
    }
    if (slow.isDue()) {
      out.put(first + 5, slow.with(bar));
    }
  }

  private boolean isLeadDue() {
    return conversion.isDue() && base.isDue();
  }

  private double lead(BarValues bar) {
    return (conversion.with(bar) + base.with(bar)) / 2;
  }

  @Override
  void commit(BarValues bar) {
    if (isLeadDue()) {
      leadsA.add(lead(bar));
    }
    if (slow.isDue()) {
      leadsB.add(slow.with(bar));
    }
    conversion.add(bar);
    base.add(bar);
    slow.add(bar);
  }
}
