package dev.tapeline.feed.binance;

/**
 * A number by which newer things are told from older ones, which a damaged digit may have made far
 * too high: then everything after it would look old for ever. If nothing but older things have come
 * for {@value #PATIENCE_MILLIS} ms, the newest number was wrong. Owned by the thread of its feed.
 */
final class RisingNumber {

  /** Longer than one of two connections is behind the other. */
  static final long PATIENCE_MILLIS = 5000;

  static final int LEAST_OLDER = 3;

  /** What a number is, by those before it. */
  enum Verdict {
    /** It is the highest so far. */
    NEWER,
    /** It came before, or too late. */
    OLDER,
    /** It is lower than the newest one, which was wrong: it counts as the newest from now on. */
    CORRECTING
  }

  private long newest;
  private int older;
  private long olderSince;

  /**
   * @param newest the newest number so far; lower than any if there was none
   */
  RisingNumber(long newest) {
    this.newest = newest;
  }

  /**
   * Takes the next number.
   *
   * @param received when it was received, epoch ms
   */
  Verdict take(long number, long received) {
    if (number > newest) {
      begin(number);
      return Verdict.NEWER;
    }
    if (older == 0) {
      olderSince = received;
    }
    older++;
    if (older < LEAST_OLDER || received - olderSince < PATIENCE_MILLIS) {
      return Verdict.OLDER;
    }
    begin(number);
    return Verdict.CORRECTING;
  }

  private void begin(long number) {
    newest = number;
    older = 0;
  }
}
