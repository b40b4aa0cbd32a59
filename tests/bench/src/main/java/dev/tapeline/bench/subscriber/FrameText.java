package dev.tapeline.bench.subscriber;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the frames of the native protocol that carry numbers, by their fixed form; channels are
 * recognized by the digits at the end of their names. There is one for each thread, reused for each
 * frame.
 */
final class FrameText {

  private static final byte[] DATA = ascii("{\"type\":\"data\",\"channel\":\"");
  private static final byte[] GAP = ascii("{\"type\":\"gap\",\"channel\":\"");
  private static final byte[] SEQ = ascii("\",\"seq\":");
  private static final byte[] FROM = ascii(",\"from\":");
  private static final byte[] GAP_FROM = ascii("\",\"from\":");
  private static final byte[] TO = ascii(",\"to\":");
  private static final byte[] MERGED = ascii(",\"merged\":");
  private static final byte[] COUNT = ascii(",\"data\":{\"n\":");
  private static final byte[] DUE = ascii(",\"t\":");
  private static final int KIND_AT = "{\"type\":\"".length();

  /** {@code ,"reason":"rate"} or {@code slow}. */
  private static final int REASON_LENGTH = ",\"reason\":\"rate\"".length();

  private final int prefixLength;
  private byte[] bytes = {};
  private int at;
  private int end;
  private boolean matches;

  int channel;
  long seq;
  long from;

  /** The publisher's own count; 0 if the payload is not the publisher's. */
  long count;

  /** When the message was due; 0 if the payload is not the publisher's. */
  long due;

  /**
   * @param prefixLength the length of the names of all channels before their digits
   */
  FrameText(int prefixLength) {
    this.prefixLength = prefixLength;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The kind of a frame. */
  enum Kind {
    DATA,
    GAP,
    /** Another frame, for a JSON parser. */
    OTHER,
    /** A data or gap frame of a form that the protocol does not have. */
    UNREADABLE
  }

  Kind read(byte[] in, int start, int limit) {
    bytes = in;
    at = start;
    end = limit;
    matches = true;
    byte kind = start + KIND_AT < limit ? in[start + KIND_AT] : 0;
    if (kind == 'd') {
      return data();
    }
    return kind == 'g' ? gap() : Kind.OTHER;
  }

  private Kind data() {
    take(DATA);
    readChannel();
    take(SEQ);
    seq = number();
    from = seq;
    if (isNext(FROM)) {
      merge();
    }
    count = 0;
    due = 0;
    if (matches && isNext(COUNT)) {
      at += COUNT.length;
      count = number();
      take(DUE);
      due = number();
    }
    return matches ? Kind.DATA : Kind.UNREADABLE;
  }

  private void merge() {
    at += FROM.length;
    from = number();
    take(MERGED);
    matches &= number() == seq - from + 1;
    at += REASON_LENGTH;
  }

  private Kind gap() {
    take(GAP);
    readChannel();
    take(GAP_FROM);
    from = number();
    take(TO);
    seq = number();
    return matches ? Kind.GAP : Kind.UNREADABLE;
  }

  private void readChannel() {
    at += prefixLength;
    channel = (int) number();
  }

  private boolean isNext(byte[] word) {
    int to = at + word.length;
    return to <= end && Arrays.equals(bytes, at, to, word, 0, word.length);
  }

  private void take(byte[] word) {
    matches &= isNext(word);
    at += word.length;
  }

  private long number() {
    long value = 0;
    int start = at;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      value = value * 10 + (bytes[at++] - '0');
    }
    matches &= at > start;
    return value;
  }
}
