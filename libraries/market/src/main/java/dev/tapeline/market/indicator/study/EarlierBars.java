package dev.tapeline.market.indicator.study;

import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.PastBars;
import dev.tapeline.market.instrument.Instrument;

/** How many bars of the past a series asks for. */
final class EarlierBars {

  /** From the open of the session before, at the latest, to the present. */
  private static final long TWO_DAYS = 2 * 86_400_000L;

  private EarlierBars() {}

  /**
   * Asks for as many as its indicators use; within a day, also for all of the present session and
   * the one before, which volume-weighted prices and pivots are made of.
   */
  static PastBars.Ask ask(Instrument instrument, Frame frame, int used) {
    long count = frame.isIntraday() ? Math.max(used, TWO_DAYS / frame.millis()) : used;
    return new PastBars.Ask(
        instrument, frame, 0, PastBars.NOW, (int) Math.min(count, PastBars.MAX_BARS));
  }
}
