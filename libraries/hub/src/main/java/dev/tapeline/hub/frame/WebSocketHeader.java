package dev.tapeline.hub.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/** The header of an unmasked, final WebSocket text frame (RFC 6455, section 5.2). */
final class WebSocketHeader {

  private static final int FINAL_TEXT = 0x81;
  private static final int COMPRESSED = 0x40;
  private static final int LARGEST_SHORT = 125;
  private static final int LARGEST_MEDIUM = 0xffff;

  private WebSocketHeader() {}

  static byte[] of(int length, boolean compressed) {
    byte first = (byte) (compressed ? FINAL_TEXT | COMPRESSED : FINAL_TEXT);
    if (length <= LARGEST_SHORT) {
      return new byte[] {first, (byte) length};
    }
    if (length <= LARGEST_MEDIUM) {
      return new byte[] {first, 126, (byte) (length >> 8), (byte) length};
    }
    byte[] header = new byte[10];
    header[0] = first;
    header[1] = 127;
    for (int i = 0; i < Integer.BYTES; i++) {
      header[9 - i] = (byte) (length >> (8 * i));
    }
    return header;
  }

  static boolean isCompressed(ByteBuf frame) {
    return (frame.getByte(frame.readerIndex()) & COMPRESSED) != 0;
  }

  /** The payload of the one frame in the buffer. */
  static byte[] skip(ByteBuf frame) {
    int begin = frame.readerIndex();
    int header =
        switch (frame.getByte(begin + 1)) {
          case 126 -> 4;
          case 127 -> 10;
          default -> 2;
        };
    return ByteBufUtil.getBytes(frame, begin + header, frame.readableBytes() - header);
  }
}
