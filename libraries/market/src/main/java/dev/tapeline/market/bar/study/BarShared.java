package dev.tapeline.market.bar.study;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What the bars of all instruments of a market share: the rules, the time, and where bars are told.
 * Mutable; owned by one {@link BarStudy}.
 *
 * <p>The time is that of the exchange's clock, as far as it shows: the time of the source less the
 * shortest time that a tick of the last minutes took from the exchange. So bars close neither early
 * nor late where the clocks differ, and those of a delayed feed are not all late.
 */
final class BarShared {

  /** Before the source has told any time. */
  static final long NO_TIME = Long.MIN_VALUE;

  /** By how much the clock of an exchange may be ahead. */
  private static final long MAX_AHEAD = 300_000;

  /** By how much of it the time follows: one bad tick is to close nothing early. */
  private static final long MAX_FOLLOWED = 5_000;

  private static final long DELAY_MILLIS = 60_000;

  /** Fewer ticks than this, all of which may be late, say nothing of the clocks. */
  private static final int DELAY_TICKS = 10;

  private static final long NO_DELAY = Long.MAX_VALUE;

  final BarRules rules;
  final BarCounts counts;
  final FormingBar scratch = new FormingBar();
  final FormingBar part = new FormingBar();

  /** The instruments with something new to tell. */
  final List<InstrumentBars> changed = new ArrayList<>();

  /** When the first bar ends that is forming; later than the end of none. */
  long earliestEnd = Long.MAX_VALUE;

  boolean feedIsUp = true;

  private Consumer<MarketEvent> out = _ -> {};
  private long now = NO_TIME;
  private long delaySince = NO_TIME;
  private long delay = NO_DELAY;
  private long delayBefore = NO_DELAY;
  private int delayTicks;

  BarShared(BarRules rules, BarCounts counts) {
    this.rules = rules;
    this.counts = counts;
  }

  /** A recording begins again: its time goes back. */
  void startOver() {
    now = NO_TIME;
    delaySince = NO_TIME;
    delay = NO_DELAY;
    delayBefore = NO_DELAY;
    earliestEnd = Long.MIN_VALUE; // looked for again
  }

  void tellTo(Consumer<MarketEvent> listener) {
    out = listener;
  }

  /** Takes the time that the source has reached. */
  void reach(long millis) {
    now = millis;
    boolean isOver = millis - delaySince >= DELAY_MILLIS && delayTicks >= DELAY_TICKS;
    if (delaySince == NO_TIME || isOver || millis < delaySince) {
      delayBefore = delay == NO_DELAY ? delayBefore : delay;
      delay = NO_DELAY;
      delayTicks = 0;
      delaySince = millis;
    }
  }

  /** Takes the time of a tick; returns whether it can be true. */
  boolean admit(long time) {
    if (now == NO_TIME) {
      return true;
    }
    long took = now - time;
    delayTicks++;
    if (took < delay) {
      if (took < -MAX_AHEAD) {
        counts.count(BarCounts.Reason.AHEAD);
        return false;
      }
      delay = Math.max(took, -MAX_FOLLOWED);
    }
    return true;
  }

  /** The time at the exchange, epoch ms; {@link #NO_TIME} if none was told. */
  long time() {
    if (now == NO_TIME) {
      return NO_TIME;
    }
    long least = Math.min(delay, delayBefore);
    return least == NO_DELAY ? now : now - least;
  }

  /** Up to where bars that have ended are closed by now. */
  long closedUntil() {
    long time = time();
    return time == NO_TIME ? NO_TIME : time - rules.graceMillis();
  }

  void ends(long end) {
    earliestEnd = Math.min(earliestEnd, end);
  }

  void tell(Instrument instrument, Bar bar, long newest) {
    long received = now == NO_TIME ? newest : now;
    out.accept(new MarketEvent.BarChanged(instrument, new Times(newest, received), bar));
  }
}
