package dev.tapeline.bench.client;

import dev.tapeline.bench.cli.BenchException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes the frames that a client sends; the mask is all zeros, which the protocol allows. */
public final class ClientFrames {

  private static final int TEXT = 0x81;
  private static final int PONG = 0x8a;
  private static final int MASKED = 0x80;
  private static final int MASK_LENGTH = 4;
  private static final int LARGEST_SHORT = 125;

  private ClientFrames() {}

  public static byte[] text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return frame(TEXT, utf8, 0, utf8.length);
  }

  public static byte[] pong(byte[] ping, int from, int to) {
    return frame(PONG, ping, from, to);
  }

  private static byte[] frame(int head, byte[] text, int from, int to) {
    int length = to - from;
    ByteBuffer out = ByteBuffer.allocate(2 + Integer.BYTES + MASK_LENGTH + length);
    out.put((byte) head);
    if (length <= LARGEST_SHORT) {
      out.put((byte) (MASKED | length));
    } else if (length <= 0xffff) {
      out.put((byte) (MASKED | 126)).putShort((short) length);
    } else {
      throw new BenchException("a message of %d bytes is too long to send".formatted(length));
    }
    out.putInt(0).put(text, from, length);
    return Arrays.copyOf(out.array(), out.position());
  }
}
