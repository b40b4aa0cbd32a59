package dev.tapeline.bench.subscriber;

import dev.tapeline.core.Position;
import java.util.Arrays;

/**
 * The positions of one connection in its channels, and the check of what comes next: the server's
 * numbers within an epoch join exactly, and so do the publisher's own counts in the payloads. Owned
 * by the subscribers' thread.
 */
final class Cursors {

  private static final long UNKNOWN = -1;

  private final Tally tally;
  private final long[] seq;
  private final long[] count;
  private final String[] epoch;
  private int open;

  /**
   * @param channels the number of the connection's channels, which are numbered from 0
   */
  Cursors(int channels, Tally tally) {
    this.tally = tally;
    this.seq = new long[channels];
    this.count = new long[channels];
    this.epoch = new String[channels];
    Arrays.fill(epoch, "");
    Arrays.fill(seq, UNKNOWN);
  }

  /** Begins a channel after this number; the publisher has not begun yet. */
  void onSubscribed(int channel, String name, long number) {
    if (seq[channel] == UNKNOWN) {
      open++;
    }
    epoch[channel] = name;
    seq[channel] = number;
  }

  /**
   * Begins the channel again at this number, because the missed publications could not be
   * recovered.
   */
  void onRefused(int channel, String name, long number) {
    onSubscribed(channel, name, number);
    count[channel] = UNKNOWN;
  }

  /** The position up to which the connection has the channel. */
  Position position(int channel) {
    return new Position(epoch[channel], seq[channel]);
  }

  /** The publisher's count of the newest publication received; negative if it is unknown. */
  long count(int channel) {
    return count[channel];
  }

  boolean areAllOpen() {
    return open == seq.length;
  }

  /**
   * Checks a publication, or several that were merged.
   *
   * @param first the first number merged; the number itself if there is only one
   * @param published the publisher's count, from 1; 0 if the payload is not the publisher's
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

  /** Notes a gap: the server says that these numbers are missing. */
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

  /** Notes an epoch: the server says that numbers start again, so publications may be missing. */
  void onEpoch(int channel, String name, long number) {
    tally.epochs++;
    onRefused(channel, name, number);
  }

  /** The number of the publisher's messages that are still to come; 0 if it is unknown. */
  long behind(int channel, long published) {
    return count[channel] == UNKNOWN ? 0 : Math.max(0, published - count[channel]);
  }
}
