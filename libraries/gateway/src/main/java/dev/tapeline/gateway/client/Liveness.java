package dev.tapeline.gateway.client;

/**
 * Decides when a silent client is pinged, and when it counts as gone. A sign of life is a frame
 * from the client, or that it reads what it is sent. Time is a parameter.
 */
final class Liveness {

  private final boolean answersPings;
  private long seenNanos;
  private long seenProgress;
  private boolean pinged;

  /**
   * @param answersPings whether the client can answer a ping; if not, it never counts as gone
   */
  Liveness(boolean answersPings, long now) {
    this.answersPings = answersPings;
    this.seenNanos = now;
  }

  /** What is to be done for a client. */
  enum Need {
    NOTHING,
    PING,
    CLOSE
  }

  /** A frame has come from the client. */
  void onFrame(long now) {
    seenNanos = now;
    pinged = false;
  }

  /**
   * Takes a look at the client.
   *
   * @param pingNanos how long a client is silent before it is pinged
   * @param progress counts how often the client has taken what blocked it
   * @param blocked whether a ping would wait behind what the client has not taken yet
   */
  Need look(long now, long pingNanos, long progress, boolean blocked) {
    return answersPings
        ? lookForAnswer(now, pingNanos, progress, blocked)
        : lookForPing(now, pingNanos, blocked);
  }

  private Need lookForAnswer(long now, long pingNanos, long progress, boolean blocked) {
    if (progress != seenProgress) {
      seenProgress = progress;
      seenNanos = now;
      return Need.NOTHING;
    }
    long silent = now - seenNanos;
    if (silent > pingNanos * 5 / 2) {
      return Need.CLOSE;
    }
    boolean ping = silent > pingNanos && !pinged && !blocked;
    pinged |= ping;
    return ping ? Need.PING : Need.NOTHING;
  }

  /** Pings at intervals; if the client has gone, the write fails. */
  private Need lookForPing(long now, long pingNanos, boolean blocked) {
    if (now - seenNanos <= pingNanos || blocked) {
      return Need.NOTHING;
    }
    seenNanos = now;
    return Need.PING;
  }
}
