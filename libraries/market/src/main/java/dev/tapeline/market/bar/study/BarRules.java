package dev.tapeline.market.bar.study;

import dev.tapeline.market.bar.Frame;
import java.util.Comparator;
import java.util.List;

/**
 * How bars are made.
 *
 * @param frames closed for each instrument, whether anybody wants them or not; shortest first
 * @param graceMillis how long after its end a bar is closed if no later trade comes
 * @param amendMillis how long after its end a bar still takes a late trade
 * @param kept how many closed minutes of an instrument are kept, for frames that are wanted later
 */
public record BarRules(
    List<Frame> frames, EmptyBars empty, long graceMillis, long amendMillis, int kept) {

  /** Shortest first. */
  static final Comparator<Frame> BY_LENGTH =
      Comparator.comparingLong(BarRules::length).thenComparingInt(Frame::count);

  private static final long DAY_MILLIS = 86_400_000;
  private static final long GRACE_MILLIS = 500;
  private static final long AMEND_MILLIS = 90_000;
  private static final int KEPT = 500;

  public BarRules {
    if (graceMillis < 0 || amendMillis < 0 || kept < 1) {
      throw new IllegalArgumentException(
          "a grace of %d ms, %d ms for late trades and %d minutes kept"
              .formatted(graceMillis, amendMillis, kept));
    }
    frames = frames.stream().distinct().sorted(BY_LENGTH).toList();
  }

  /** These frames, without empty bars: half a second of grace, 90 s for late trades, 500 kept. */
  public static BarRules of(List<Frame> frames) {
    return new BarRules(frames, EmptyBars.NONE, GRACE_MILLIS, AMEND_MILLIS, KEPT);
  }

  /** The same with this for frames without a trade. */
  public BarRules with(EmptyBars policy) {
    return new BarRules(frames, policy, graceMillis, amendMillis, kept);
  }

  /** About how long a frame is; a day is longer than 24 hours of one. */
  private static long length(Frame frame) {
    return switch (frame.unit()) {
      case SECOND, MINUTE, HOUR -> frame.millis();
      case DAY -> DAY_MILLIS + 1;
      case WEEK -> 7 * DAY_MILLIS;
      case MONTH -> 31 * DAY_MILLIS;
    };
  }
}
