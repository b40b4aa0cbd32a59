package dev.tapeline.hub.frame;

/**
 * The options of a subscription.
 *
 * @param maxRate the limit of frames with {@link Mode#LATEST}; unlimited with {@link Mode#ALL}
 * @param snapshot whether the newest value comes first
 * @param envelope how its frames are written
 */
public record Options(Mode mode, FrameRate maxRate, boolean snapshot, Envelope envelope) {

  public Options {
    if (mode == Mode.ALL && !maxRate.isUnlimited()) {
      throw new IllegalArgumentException("maxRate needs mode \"latest\"; mode \"all\" has no rate");
    }
  }

  /** The options of a subscription to each publication. */
  public static Options all(boolean snapshot, Envelope envelope) {
    return new Options(Mode.ALL, FrameRate.UNLIMITED, snapshot, envelope);
  }

  /** The more generous of two: all over latest, then the faster. */
  public Options or(Options other) {
    if (mode != other.mode) {
      return mode == Mode.ALL ? this : other;
    }
    return maxRate.isAtLeast(other.maxRate) ? this : other;
  }
}
