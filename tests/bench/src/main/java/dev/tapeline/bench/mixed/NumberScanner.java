package dev.tapeline.bench.mixed;

import java.nio.charset.StandardCharsets;

/**
 * Finds the payloads of {@link #payload} in the bytes of one connection, in any protocol and in any
 * pieces, and checks that the numbers of each channel go up by one. It also counts the occurrences
 * of a marker. Owned by the thread that reads.
 */
final class NumberScanner {

  private static final byte[] KEY = "\"k\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NUMBER = ",\"n\":".getBytes(StandardCharsets.US_ASCII);

  private final long[] last;
  private final byte[] marker;
  private int marked;
  private int markers;
  private int state;
  private int matched;
  private int channel;
  private long number;
  private long seen;
  private long wrong;

  /**
   * @param channels the number of channels
   * @param marker the text to count until the first number comes
   */
  NumberScanner(int channels, String marker) {
    this.last = new long[channels];
    this.marker = marker.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * The payload to publish: the channel, its next number from 1, and the wanted number of bytes.
   */
  static byte[] payload(int channel, long number, int bytes) {
    String head = "{\"k\":%d,\"n\":%d,\"d\":\"".formatted(channel, number);
    int fill = Math.max(0, bytes - head.length() - 2);
    return (head + "x".repeat(fill) + "\"}").getBytes(StandardCharsets.US_ASCII);
  }

  /** The number of publications received. */
  long seen() {
    return seen;
  }

  /** The number of publications that were not the next one of their channel. */
  long wrong() {
    return wrong;
  }

  int markers() {
    return markers;
  }

  void take(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      if (seen == 0) {
        mark(bytes[i]);
      } else if (state == 0 && matched == 0) {
        i = next(bytes, i, length);
      }
      if (i < length) {
        scan(bytes[i]);
      }
    }
  }

  /** The index where a match may begin; most bytes are skipped here. */
  private static int next(byte[] bytes, int from, int length) {
    int i = from + 1;
    while (i < length && !(bytes[i] == 'k' && bytes[i - 1] == '"')) {
      i++;
    }
    return i < length ? i - 1 : Math.max(from, length - 1);
  }

  private void mark(byte b) {
    marked = b == marker[marked] ? marked + 1 : b == marker[0] ? 1 : 0;
    if (marked == marker.length) {
      marked = 0;
      markers++;
    }
  }

  private void scan(byte b) {
    switch (state) {
      case 0 -> match(b, KEY);
      case 1 -> {
        if (b >= '0' && b <= '9') {
          channel = channel * 10 + b - '0';
        } else {
          begin(2);
          match(b, NUMBER);
        }
      }
      case 2 -> match(b, NUMBER);
      default -> {
        if (b >= '0' && b <= '9') {
          number = number * 10 + b - '0';
        } else {
          note();
          begin(0);
        }
      }
    }
  }

  private void match(byte b, byte[] text) {
    matched = b == text[matched] ? matched + 1 : b == text[0] ? 1 : 0;
    if (matched == text.length) {
      begin(state + 1);
      channel = state == 1 ? 0 : channel;
      number = 0;
    }
  }

  private void begin(int next) {
    state = next;
    matched = 0;
  }

  private void note() {
    seen++;
    if (channel >= last.length || number != last[channel] + 1) {
      wrong++;
    } else {
      last[channel] = number;
    }
  }
}
