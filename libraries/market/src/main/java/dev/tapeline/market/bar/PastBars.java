package dev.tapeline.market.bar;

import dev.tapeline.market.instrument.Instrument;
import java.util.List;
import java.util.function.Consumer;

/**
 * Closed bars of the time before a market began, as a history has them. A market that asks goes on
 * at once, and takes the answer at a later step of its time. Only live markets have any: a replay
 * gives the same whatever a store has. Used by the thread of one market.
 */
public interface PastBars {

  /** The end of what is asked for where that is the present. */
  long NOW = Long.MAX_VALUE;

  /** The most bars that can be asked for at once. */
  int MAX_BARS = 3_000;

  /** There is no history. */
  PastBars NONE =
      new PastBars() {
        @Override
        public boolean ask(Ask ask, Consumer<List<Bar>> then) {
          return true;
        }

        @Override
        public void deliver() {}
      };

  /**
   * What is asked for: the newest bars of a time.
   *
   * @param from the earliest begin of a bar, epoch ms UTC
   * @param to the time before which bars begin, epoch ms UTC, or {@link #NOW}
   * @param count the most bars, up to {@link #MAX_BARS}
   */
  record Ask(Instrument instrument, Frame frame, long from, long to, int count) {

    public Ask {
      if (from >= to || count < 1 || count > MAX_BARS) {
        throw new IllegalArgumentException(
            "no bars of the past: %d of %s from %d to %d".formatted(count, frame, from, to));
      }
    }
  }

  /**
   * Asks, and never waits.
   *
   * @param then takes the bars, each once, in order of time, during a call of {@link #deliver};
   *     none if there are none or they could not be read
   * @return false if too much is asked for already; the same can be asked for again later
   */
  boolean ask(Ask ask, Consumer<List<Bar>> then);

  /** Hands over the answers that have come since the last call. */
  void deliver();
}
