package dev.tapeline.hub.delivery;

import dev.tapeline.core.ChannelKind;

/**
 * What a subscription asks for.
 *
 * @param maxRate with {@link Mode#LATEST}, frames a second at most; 0 for as many as the client can
 *     take
 * @param snapshot whether the newest value comes first
 * @param shape how its frames are written
 */
public record Options(Mode mode, double maxRate, boolean snapshot, Shape shape) {

  /** The slowest rate: one frame a minute. */
  public static final double LEAST_RATE = 1.0 / 60;

  /** The fastest rate; above it, leave it out. */
  public static final double MOST_RATE = 1000;

  /** What is left of a rate for a client that does not keep up. */
  private static final double SLOW_RATE = 1;

  public Options {
    if (maxRate != 0 && !(maxRate >= LEAST_RATE && maxRate <= MOST_RATE)) {
      throw new IllegalArgumentException(
          "maxRate is frames a second, from 1/60 to 1000, not " + maxRate);
    }
    if (maxRate != 0 && mode == Mode.ALL) {
      throw new IllegalArgumentException("maxRate needs mode \"latest\"; mode \"all\" has no rate");
    }
  }

  /**
   * What is left of it on a channel, for a client at a level of the ladder.
   *
   * @param mayBeLatest whether publications of the channel may be merged
   */
  public Options on(ChannelKind kind, boolean mayBeLatest, Level level) {
    Options left = left(kind, mayBeLatest, level);
    return left.equals(this) ? this : left; // each of many subscriptions keeps one
  }

  private Options left(ChannelKind kind, boolean mayBeLatest, Level level) {
    Shape allowed = kind.allowsDeltas() ? shape : shape.whole();
    if (!mayBeLatest) {
      return new Options(Mode.ALL, 0, snapshot, allowed);
    }
    return switch (level) {
      case AS_ASKED -> new Options(mode, maxRate, snapshot, allowed);
      case LATEST -> new Options(Mode.LATEST, maxRate, snapshot, allowed);
      case SLOWER, SNAPSHOT, CLOSED ->
          new Options(
              Mode.LATEST,
              maxRate == 0 ? SLOW_RATE : Math.min(maxRate, SLOW_RATE),
              snapshot,
              allowed);
    };
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
