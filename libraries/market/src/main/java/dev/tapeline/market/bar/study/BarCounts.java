package dev.tapeline.market.bar.study;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the prices and volumes that no bar could take, by reason. Written by the thread of one
 * market at a time; read by any.
 */
public final class BarCounts {

  /** Why a price or a volume is in no bar. */
  public enum Reason {
    /** It arose outside of all sessions. */
    OUTSIDE_SESSION,
    /** The price is 0 or less. */
    NOT_POSITIVE,
    /** It came after the time in which its bar is amended. */
    TOO_LATE,
    /** Its time lies ahead of the market's by more than clocks differ. */
    AHEAD,
    /** The price has more digits than a bar can take; or a sum has, and its bar has no volume. */
    TOO_LONG,
    /** The volume of the day has fallen within a session. */
    VOLUME_FELL,
    /** A frame was wanted beyond the most that an instrument can have. */
    TOO_MANY_FRAMES
  }

  private final Map<Reason, AtomicLong> counts = new EnumMap<>(Reason.class);

  public BarCounts() {
    for (Reason reason : Reason.values()) {
      counts.put(reason, new AtomicLong());
    }
  }

  void count(Reason reason) {
    counter(reason).incrementAndGet();
  }

  public long get(Reason reason) {
    return counter(reason).get();
  }

  private AtomicLong counter(Reason reason) {
    return Objects.requireNonNull(counts.get(reason));
  }
}
