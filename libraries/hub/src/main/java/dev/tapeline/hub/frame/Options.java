package dev.tapeline.hub.frame;

/**
 * The options of a subscription.
 *
 * @param maxRate with {@link Mode#LATEST}, frames a second at most; 0 for as many as the client can
 *     take
 * @param snapshot whether the newest value comes first
 * @param envelope how its frames are written
 */
public record Options(Mode mode, double maxRate, boolean snapshot, Envelope envelope) {

  /** The slowest rate: one frame a minute. */
  public static final double LEAST_RATE = 1.0 / 60;

  /** The fastest rate; above it, leave it out. */
  public static final double MOST_RATE = 1000;

  public Options {
    if (maxRate != 0 && !(maxRate >= LEAST_RATE && maxRate <= MOST_RATE)) {
      throw new IllegalArgumentException(
          "maxRate is frames a second, from 1/60 to 1000, not " + maxRate);
    }
    if (maxRate != 0 && mode == Mode.ALL) {
      throw new IllegalArgumentException("maxRate needs mode \"latest\"; mode \"all\" has no rate");
    }
  }

  /** The more generous of two: all over latest, then the faster. */
  public Options or(Options other) {
    if (mode != other.mode) {
      return mode == Mode.ALL ? this : other;
    }
    double mine = maxRate == 0 ? MOST_RATE + 1 : maxRate;
    double others = other.maxRate == 0 ? MOST_RATE + 1 : other.maxRate;
    return mine >= others ? this : other;
  }
}
