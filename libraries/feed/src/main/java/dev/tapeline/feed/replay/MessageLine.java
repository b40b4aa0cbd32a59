package dev.tapeline.feed.replay;

/** Parses lines {@code <unix seconds>[.fraction]: <message>}. */
final class MessageLine {

  private static final int MAX_SECONDS_DIGITS = 10;
  private static final int NANO_DIGITS = 9;

  private MessageLine() {}

  static RecordedLine parse(byte[] line, int length) {
    int end = endOf(line, length);
    if (end == 0) {
      return new RecordedLine.Blank();
    }
    int at = endOfDigits(line, 0, end);
    if (at == 0 || at > MAX_SECONDS_DIGITS) {
      return new RecordedLine.Other();
    }
    long nanos = digits(line, 0, at);
    int fraction = at + 1;
    boolean hasFraction = at < end && line[at] == '.';
    at = hasFraction ? endOfDigits(line, fraction, end) : at;
    nanos = nanosOf(nanos, line, fraction, hasFraction ? at : fraction);
    if (at + 2 >= end || line[at] != ':' || line[at + 1] != ' ') {
      return new RecordedLine.Other();
    }
    if (nanos < RecordedLine.MIN_NANOS || nanos > RecordedLine.MAX_NANOS) {
      return new RecordedLine.Bad("its time is not in seconds since 1970");
    }
    return new RecordedLine.Frame(nanos, at + 2, end - at - 2);
  }

  /** The length without white space at the end. */
  private static int endOf(byte[] line, int length) {
    int end = length;
    while (end > 0 && line[end - 1] <= ' ' && line[end - 1] >= 0) {
      end--;
    }
    return end;
  }

  private static int endOfDigits(byte[] line, int begin, int end) {
    int at = begin;
    while (at < end && line[at] >= '0' && line[at] <= '9') {
      at++;
    }
    return at;
  }

  private static long digits(byte[] line, int begin, int end) {
    long value = 0;
    for (int i = begin; i < end; i++) {
      value = 10 * value + (line[i] - '0');
    }
    return value;
  }

  /** Seconds and a fraction of them as nanoseconds; digits below these are left out. */
  private static long nanosOf(long seconds, byte[] line, int begin, int end) {
    int last = Math.min(end, begin + NANO_DIGITS);
    long fraction = digits(line, begin, last);
    for (int i = last - begin; i < NANO_DIGITS; i++) {
      fraction *= 10;
    }
    return seconds * 1_000_000_000 + fraction;
  }
}
