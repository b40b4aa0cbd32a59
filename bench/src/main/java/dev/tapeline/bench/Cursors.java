package dev.tapeline.bench;

import java.util.Arrays;

/**
 * Where one connection stands in each of its channels, and the check of what comes next: the
 * server's numbers within an epoch join exactly, and so do the publisher's own counts in the
 * payloads. Owned by the subscribers' thread.
 */
final class Cursors {

  private static final long UNKNOWN = -1;

  private final Tally tally;
  private final long[] seq;
  private final long[] count;
  private int open;

  /**
   * @param channels how many the connection has; they are meant by 0 to that number
   */
  Cursors(int channels, Tally tally) {
    this.tally = tally;
    this.seq = new long[channels];
    this.count = new long[channels];
    Arrays.fill(seq, UNKNOWN);
  }

  /** The channel begins after this number; the publisher has not begun yet. */
  void onSubscribed(int channel, long number) {
    if (seq[channel] == UNKNOWN) {
      open++;
    }
    seq[channel] = number;
  }

  boolean areAllOpen() {
    return open == seq.length;
  }

  /**
   * A publication, or several that were merged.
   *
   * @param first the first number merged; the number itself if there is no more
   * @param published the publisher's count, from 1; 0 if the payload is another's
   */
  void onData(int channel, long first, long number, long published) {
    long expected = seq[channel] + 1;
    tally.deliveries++;
    tally.merged += number - first;
    if (first != expected) {
      if (first < expected || seq[channel] == UNKNOWN) {
        tally.disorder++;
      } else {
        tally.missing += first - expected;
      }
    }
    if (number < expected) {
      return;
    }
    if (published > 0) {
      checkCount(channel, number - seq[channel], published);
    }
    seq[channel] = number;
  }

  private void checkCount(int channel, long step, long published) {
    long before = count[channel];
    count[channel] = published;
    if (before == UNKNOWN) {
      return;
    }
    if (published > before + step) {
      tally.lostBefore += published - before - step;
    } else if (published < before + step) {
      tally.disorder++;
    }
  }

  /** The server says that these numbers are missing. */
  void onGap(int channel, long first, long last) {
    long expected = seq[channel] + 1;
    tally.gaps++;
    tally.gapMessages += last - first + 1;
    if (first > expected) {
      tally.missing += first - expected;
    } else if (first < expected || last < first) {
      tally.disorder++;
    }
    count[channel] += count[channel] == UNKNOWN ? 0 : last - seq[channel];
    seq[channel] = Math.max(seq[channel], last);
  }

  /** The server says that numbers begin anew, and so that publications may be missing. */
  void onEpoch(int channel, long number) {
    tally.epochs++;
    if (seq[channel] == UNKNOWN) {
      open++;
    }
    seq[channel] = number;
    count[channel] = UNKNOWN;
  }

  /** How many of the publisher's messages are still to come; 0 if that can't be told. */
  long behind(int channel, long published) {
    return count[channel] == UNKNOWN ? 0 : Math.max(0, published - count[channel]);
  }
}
