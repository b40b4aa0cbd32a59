package dev.tapeline.bench.client;

import java.io.IOException;
import java.util.Arrays;

/**
 * The frames of one connection, from bytes that come in any pieces. All share one buffer: between
 * two reads only the beginning of a frame that is not whole yet is kept.
 */
public final class FrameStream {

  private static final byte[] NOTHING = {};

  private byte[] rest = NOTHING;

  /** Puts the kept bytes back; returns the index in the buffer for the next bytes. */
  public int begin(byte[] buffer) {
    System.arraycopy(rest, 0, buffer, 0, rest.length);
    return rest.length;
  }

  /**
   * Passes on the whole frames in this range, and keeps the rest.
   *
   * @throws IOException if a frame is longer than the buffer
   */
  public void take(byte[] buffer, int from, int to, FrameScanner.Sink sink) throws IOException {
    keep(buffer, FrameScanner.scan(buffer, from, to, sink), to);
  }

  /** Keeps only the bytes of this range. */
  public void keep(byte[] buffer, int from, int to) throws IOException {
    if (to - from == buffer.length) {
      throw new IOException("a frame of over %d bytes".formatted(buffer.length));
    }
    rest = from == to ? NOTHING : Arrays.copyOfRange(buffer, from, to);
  }
}
