package dev.tapeline.gateway.listen.http;

import io.netty.buffer.ByteBuf;

/**
 * Finds the end of an HTTP head in bytes that come piece by piece; looks at each byte once. Owned
 * by one thread.
 */
public final class HeadEnd {

  private static final int EMPTY_LINE = RequestHead.END.length();

  private int seen;

  /**
   * The length of the head that begins at the reader index, with the empty line at its end; -1
   * while that has not come. At the next search the reader index must be at the start of the same
   * head, or of the next one.
   */
  public int find(ByteBuf bytes) {
    int begin = bytes.readerIndex();
    int last = bytes.writerIndex() - EMPTY_LINE;
    for (int at = begin + Math.max(0, seen - EMPTY_LINE + 1); at <= last; at++) {
      at = bytes.indexOf(at, last + 1, (byte) '\r');
      if (at < 0) {
        break;
      }
      if (bytes.getByte(at + 1) == '\n'
          && bytes.getByte(at + 2) == '\r'
          && bytes.getByte(at + 3) == '\n') {
        seen = 0;
        return at + EMPTY_LINE - begin;
      }
    }
    seen = bytes.readableBytes();
    return -1;
  }

  /** Passes over the empty lines that may stand in front of a head (RFC 9112, section 2.2). */
  public static void skipEmptyLines(ByteBuf bytes) {
    while (bytes.readableBytes() >= 2
        && bytes.getByte(bytes.readerIndex()) == '\r'
        && bytes.getByte(bytes.readerIndex() + 1) == '\n') {
      bytes.skipBytes(2);
    }
  }
}
