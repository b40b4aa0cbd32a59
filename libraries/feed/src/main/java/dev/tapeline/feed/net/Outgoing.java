package dev.tapeline.feed.net;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.SplittableRandom;

/**
 * The frames that wait to be sent on one connection, and the loop that sends them on a thread of
 * its own: a vendor that does not read blocks nobody else. Thread-safe.
 */
final class Outgoing {

  static final int TEXT = 0x1;
  static final int CLOSE = 0x8;
  static final int PONG = 0xA;

  private static final int FIN = 0x80;
  private static final int MASKED = 0x80;
  private static final int MAX_FRAMES = 1000;
  private static final int MAX_BYTES = 8 << 20;

  private final Queue<byte[]> frames = new ArrayDeque<>();
  private final SplittableRandom masks = new SplittableRandom(new SecureRandom().nextLong());
  private int bytes;
  private boolean closed;

  /**
   * Adds a frame.
   *
   * @return whether there was room for it
   */
  synchronized boolean add(int opcode, byte[] payload) {
    if (closed) {
      return true; // nothing is sent after a close
    }
    if (frames.size() >= MAX_FRAMES || bytes + payload.length > MAX_BYTES) {
      return false;
    }
    byte[] frame = frame(opcode, payload);
    frames.add(frame);
    bytes += frame.length;
    closed = opcode == CLOSE;
    notifyAll();
    return true;
  }

  /** Adds a text. */
  boolean add(String text) {
    return add(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] frame(int opcode, byte[] payload) {
    int length = payload.length;
    int extra = length < 126 ? 0 : length < 65_536 ? 2 : 8;
    byte[] frame = new byte[2 + extra + 4 + length];
    frame[0] = (byte) (FIN | opcode);
    frame[1] = (byte) (MASKED | (extra == 0 ? length : extra == 2 ? 126 : 127));
    for (int i = 0; i < extra; i++) {
      frame[2 + i] = (byte) ((long) length >>> (8 * (extra - 1 - i)));
    }
    int mask = masks.nextInt();
    for (int i = 0; i < 4; i++) {
      frame[2 + extra + i] = (byte) (mask >>> (24 - 8 * i));
    }
    for (int i = 0; i < length; i++) {
      frame[6 + extra + i] = (byte) (payload[i] ^ (mask >>> (24 - 8 * (i % 4))));
    }
    return frame;
  }

  /** Sends until a close has been sent. */
  void sendUntilClose(OutputStream out) throws IOException, InterruptedException {
    byte[] frame;
    do {
      frame = next();
      out.write(frame);
    } while (frame[0] != (byte) (FIN | CLOSE));
  }

  private synchronized byte[] next() throws InterruptedException {
    byte[] frame = frames.poll();
    while (frame == null) {
      wait();
      frame = frames.poll();
    }
    bytes -= frame.length;
    return frame;
  }
}
