package dev.tapeline.feed.dhan.master;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads lines of bytes, without their ends. Its array is used again for the next line. A line over
 * the limit is skipped to its end, without being kept. Owned by the thread that reads.
 */
final class LineInput {

  static final int MAX_LENGTH = 8_192;

  private final InputStream in;
  private final byte[] block = new byte[64 * 1024];
  private int at;
  private int filled;
  private final byte[] line = new byte[MAX_LENGTH];
  private int length;
  private boolean tooLong;
  private boolean ended;
  private boolean lastEnded;

  LineInput(InputStream in) {
    this.in = in;
  }

  /** Reads the next line; false if there is none. */
  boolean next() throws IOException {
    length = 0;
    tooLong = false;
    ended = false;
    boolean any = false;
    while (!ended && fill()) {
      any = true;
      take();
    }
    lastEnded = any ? ended : lastEnded;
    if (length > 0 && line[length - 1] == '\r') {
      length--;
    }
    return any;
  }

  private boolean fill() throws IOException {
    if (at == filled) {
      at = 0;
      filled = Math.max(0, in.readNBytes(block, 0, block.length));
    }
    return at < filled;
  }

  /** Takes from the block what belongs to the line. */
  private void take() {
    int end = at;
    while (end < filled && block[end] != '\n') {
      end++;
    }
    int more = end - at;
    tooLong |= more > MAX_LENGTH - length;
    if (!tooLong) {
      System.arraycopy(block, at, line, length, more);
      length += more;
    }
    ended = end < filled;
    at = ended ? end + 1 : end;
  }

  /** Whether the line was over the limit; it is cut then. */
  boolean isTooLong() {
    return tooLong;
  }

  /** Whether the last line had an end, and was not broken off by the end of the input. */
  boolean wasEnded() {
    return lastEnded;
  }

  int length() {
    return length;
  }

  byte[] bytes() {
    return line;
  }
}
