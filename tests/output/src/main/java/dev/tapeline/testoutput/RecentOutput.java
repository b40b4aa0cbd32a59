package dev.tapeline.testoutput;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The newest bytes of an output, up to a limit; all methods may be called by any thread. */
final class RecentOutput extends OutputStream {

  private final byte[] kept;
  private long written;

  RecentOutput(int limit) {
    kept = new byte[limit];
  }

  @Override
  public synchronized void write(int b) {
    kept[(int) (written++ % kept.length)] = (byte) b;
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      write(bytes[i]);
    }
  }

  /** How many bytes have been written: a place to read from later. */
  synchronized long position() {
    return written;
  }

  /** What has been written since the position, or the newest part of it that is kept. */
  synchronized String since(long position) {
    long from = Math.max(position, written - kept.length);
    byte[] text = new byte[(int) (written - from)];
    for (int i = 0; i < text.length; i++) {
      text[i] = kept[(int) ((from + i) % kept.length)];
    }
    return new String(text, StandardCharsets.UTF_8);
  }
}
