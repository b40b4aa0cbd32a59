package dev.tapeline.rest.history;

import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.instrument.Instrument;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Fetches the bars that are missing in a live series of a vendor's own history. */
@FunctionalInterface
public interface Backfill {

  /** Nothing can be fetched. */
  Backfill NONE = (_, _, _) -> Optional.empty();

  /**
   * The bars that a reader wants.
   *
   * @param from epoch ms UTC
   * @param to epoch ms UTC; may lie in the future
   * @param isFromStart whether they are read from {@code from} on, or back from {@code to}
   * @param count the most bars
   */
  record Wish(Frame frame, long from, long to, boolean isFromStart, int count) {}

  /**
   * What was done.
   *
   * @param isFilling whether some is still to come: the same question may have more to tell in a
   *     moment
   * @param earliest the earliest time that was looked at, epoch ms UTC, if the vendor may have bars
   *     before it; null otherwise
   */
  record Filled(boolean isFilling, @Nullable Long earliest) {}

  /**
   * Sees to it that the history has what the vendor has of these bars. Waits a few seconds at most;
   * the rest is fetched behind. May be called by any thread.
   *
   * @param source the source whose live series has holes
   * @return empty if its vendor can't be asked for such bars
   */
  Optional<Filled> fill(String source, Instrument instrument, Wish wish);
}
