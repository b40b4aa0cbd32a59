package dev.tapeline.hub.frame;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Compresses single messages as permessage-deflate does without a context (RFC 7692, section 7.2):
 * a raw DEFLATE stream up to a flush, without the flush's last four bytes.
 */
final class Deflated {

  /** A reach that covers every message. */
  static final int WHOLE = Integer.MAX_VALUE;

  /** The smallest window that a client may ask for. */
  static final int NARROWEST = 256;

  private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};
  private static final int LEVEL = 4;
  private static final ThreadLocal<Deflater> DEFLATER =
      ThreadLocal.withInitial(() -> new Deflater(LEVEL, true));
  private static final ThreadLocal<byte[]> PIECE = ThreadLocal.withInitial(() -> new byte[8192]);

  private Deflated() {}

  /**
   * @param reach the size of the client's window: the text is compressed in pieces of at most this
   *     size, none of which refers to another
   */
  static byte[] of(byte[] text, int reach) {
    Deflater deflater = DEFLATER.get();
    deflater.reset();
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length / 2 + 64);
    for (int at = 0; at < text.length; at += Math.min(reach, text.length - at)) {
      deflater.setInput(text, at, Math.min(reach, text.length - at));
      drain(deflater, out);
    }
    byte[] flushed = out.toByteArray();
    return Arrays.copyOf(flushed, flushed.length - TAIL.length);
  }

  /** Compresses a piece up to a full flush, which forgets the text before it. */
  private static void drain(Deflater deflater, ByteArrayOutputStream out) {
    byte[] piece = PIECE.get();
    int count;
    do {
      count = deflater.deflate(piece, 0, piece.length, Deflater.FULL_FLUSH);
      out.write(piece, 0, count);
    } while (count == piece.length);
  }

  static byte[] inflate(byte[] deflated) {
    Inflater inflater = new Inflater(true);
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream(deflated.length * 4);
      byte[] piece = PIECE.get();
      inflater.setInput(deflated);
      int count;
      while ((count = inflater.inflate(piece)) > 0) {
        out.write(piece, 0, count);
      }
      return out.toByteArray();
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("not what Deflated.of has made", e);
    } finally {
      inflater.end();
    }
  }
}
