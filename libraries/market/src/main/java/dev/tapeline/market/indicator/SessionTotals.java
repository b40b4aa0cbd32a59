package dev.tapeline.market.indicator;

/**
 * What a series of bars adds up to in its session so far, what its session before came to, and its
 * volume on balance. A plain copy of it stands for bars that are not kept any more. Mutable; owned
 * by one thread.
 */
public final class SessionTotals {

  private boolean any;
  private long session;
  private boolean whole;
  private double high;
  private double low;
  private double close;

  // The session's bars, with typical prices less that of the first bar: large ones lose no digits.
  private double origin;
  private double volume;
  private double moves;
  private double squares;

  private boolean hasBefore;
  private double highBefore;
  private double lowBefore;
  private double closeBefore;

  private double balance;

  /** Forgets all bars. */
  public void reset() {
    any = false;
    hasBefore = false;
    balance = 0;
  }

  /** Becomes as another one. */
  public void copyFrom(SessionTotals other) {
    any = other.any;
    session = other.session;
    whole = other.whole;
    high = other.high;
    low = other.low;
    close = other.close;
    origin = other.origin;
    volume = other.volume;
    moves = other.moves;
    squares = other.squares;
    hasBefore = other.hasBefore;
    highBefore = other.highBefore;
    lowBefore = other.lowBefore;
    closeBefore = other.closeBefore;
    balance = other.balance;
  }

  /** Adds a closed bar. */
  public void commit(BarValues bar) {
    balance = balanceWith(bar);
    if (begins(bar)) {
      turn(bar);
    } else {
      high = Math.max(high, bar.high());
      low = Math.min(low, bar.low());
    }
    close = bar.close();
    if (bar.hasVolume()) {
      double move = bar.typical() - origin;
      volume += bar.volume();
      moves += bar.volume() * move;
      squares += bar.volume() * move * move;
    }
  }

  private void turn(BarValues first) {
    hasBefore = any && whole;
    highBefore = high;
    lowBefore = low;
    closeBefore = close;
    any = true;
    session = first.session();
    whole = first.isWhole();
    high = first.high();
    low = first.low();
    origin = first.typical();
    volume = 0;
    moves = 0;
    squares = 0;
  }

  /** Whether this bar is the first one of a session. */
  boolean begins(BarValues bar) {
    return !any || bar.session() != session;
  }

  /** Whether nothing is missing in the session of this bar so far. */
  boolean isWholeWith(BarValues bar) {
    return begins(bar) ? bar.isWhole() : whole;
  }

  /** The typical price of the first bar of this bar's session. */
  double originWith(BarValues bar) {
    return begins(bar) ? bar.typical() : origin;
  }

  /** The volume of the session with this bar. */
  double volumeWith(BarValues bar) {
    return (begins(bar) ? 0 : volume) + (bar.hasVolume() ? bar.volume() : 0);
  }

  /** The sum of volume times distance from the origin, with this bar. */
  double movesWith(BarValues bar) {
    double move = bar.typical() - originWith(bar);
    return (begins(bar) ? 0 : moves) + (bar.hasVolume() ? bar.volume() * move : 0);
  }

  /** The sum of volume times squared distance from the origin, with this bar. */
  double squaresWith(BarValues bar) {
    double move = bar.typical() - originWith(bar);
    return (begins(bar) ? 0 : squares) + (bar.hasVolume() ? bar.volume() * move * move : 0);
  }

  /** Whether the session before that of this bar is known. */
  boolean hasSessionBefore(BarValues bar) {
    return begins(bar) ? any && whole : hasBefore;
  }

  double highBefore(BarValues bar) {
    return begins(bar) ? high : highBefore;
  }

  double lowBefore(BarValues bar) {
    return begins(bar) ? low : lowBefore;
  }

  double closeBefore(BarValues bar) {
    return begins(bar) ? close : closeBefore;
  }

  /** The volume of bars that closed higher than the one before, less that of lower ones. */
  double balanceWith(BarValues bar) {
    if (!any || !bar.hasVolume()) {
      return balance;
    }
    return balance + Math.signum(bar.close() - close) * bar.volume();
  }
}
