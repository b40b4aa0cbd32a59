package dev.tapeline.feed.replay;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads lines of bytes into one reused buffer, and counts them from 1. A line that is too long is
 * only counted. Owned by one thread.
 */
public final class LineReader implements AutoCloseable {

  /** The longest line that is read, in bytes. */
  public static final int MAX_LINE = 16 << 20;

  private final InputStream in;
  private final byte[] chunk = new byte[1 << 16];
  private int position;
  private int limit;
  private byte[] line = new byte[1 << 12];
  private int length;
  private boolean tooLong;
  private long number;

  public LineReader(InputStream in) {
    this.in = in;
  }

  /** Moves to the next line; false at the end. The bytes before an exception are a line too. */
  public boolean next() throws IOException {
    length = 0;
    tooLong = false;
    number++;
    while (position < limit || fill()) {
      int end = endOfLine();
      append(end - position);
      position = end;
      if (end < limit) {
        position++;
        return true;
      }
    }
    return length > 0 || tooLong;
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = 0;
    limit = Math.max(0, in.read(chunk, 0, chunk.length));
    return limit > 0;
  }

  private int endOfLine() {
    int end = position;
    while (end < limit && chunk[end] != '\n') {
      end++;
    }
    return end;
  }

  private void append(int count) {
    if (length + count > MAX_LINE) {
      tooLong = true;
      length = 0;
    }
    if (tooLong) {
      return;
    }
    if (length + count > line.length) {
      line = Arrays.copyOf(line, Math.max(2 * line.length, length + count));
    }
    System.arraycopy(chunk, position, line, length, count);
    length += count;
  }

  /** The line without its end is in the first {@link #length} bytes, until the next move. */
  public byte[] buffer() {
    return line;
  }

  public int length() {
    return length;
  }

  public boolean isTooLong() {
    return tooLong;
  }

  /** The number of the line read last, or of the one that could not be read. */
  public long number() {
    return number;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
