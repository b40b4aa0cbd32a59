package dev.tapeline.gateway.hub;

import io.netty.buffer.ByteBuf;

/** One unmasked WebSocket text frame, as the parts that its text is joined of. */
public final class Frame {

  private static final int FINAL_TEXT = 0x81;
  private static final int LARGEST_SHORT = 125;
  private static final int LARGEST_MEDIUM = 0xffff;

  /** Nothing at all, for what a protocol has no words for. */
  public static final Frame NONE = new Frame(new byte[0][]);

  private final byte[][] parts;
  private final int textLength;

  private Frame(byte[][] parts) {
    this.parts = parts;
    int sum = 0;
    for (byte[] part : parts) {
      sum += part.length;
    }
    this.textLength = sum;
  }

  /** A frame of these parts, which must be UTF-8 when joined and are not copied. */
  public static Frame of(byte[]... parts) {
    return new Frame(parts);
  }

  /** Whether nothing is written for it. */
  boolean isNothing() {
    return parts.length == 0;
  }

  /** The text, joined. */
  public byte[] text() {
    byte[] text = new byte[textLength];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, text, at, part.length);
      at += part.length;
    }
    return text;
  }

  /** How many bytes {@link #writeTo} writes. */
  int length() {
    return parts.length == 0 ? 0 : headerLength(textLength) + textLength;
  }

  void writeTo(ByteBuf out) {
    if (parts.length == 0) {
      return;
    }
    writeHeader(out, textLength);
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
  }

  /** How long the header is in front of a text of this length. */
  static int headerLength(int textLength) {
    if (textLength <= LARGEST_SHORT) {
      return 2;
    }
    return textLength <= LARGEST_MEDIUM ? 4 : 10;
  }

  private static void writeHeader(ByteBuf out, int textLength) {
    out.writeByte(FINAL_TEXT);
    if (textLength <= LARGEST_SHORT) {
      out.writeByte(textLength);
    } else if (textLength <= LARGEST_MEDIUM) {
      out.writeByte(126);
      out.writeShort(textLength);
    } else {
      out.writeByte(127);
      out.writeLong(textLength);
    }
  }

  /** The length of the text of the frame that begins at this place of a buffer. */
  static int textLengthAt(ByteBuf buffer, int offset) {
    int length = buffer.getByte(offset + 1) & 0x7f;
    return switch (length) {
      case 126 -> buffer.getUnsignedShort(offset + 2);
      case 127 -> Math.toIntExact(buffer.getLong(offset + 2));
      default -> length;
    };
  }

  /** The length of the whole frame that begins at this place of a buffer. */
  static int lengthAt(ByteBuf buffer, int offset) {
    int text = textLengthAt(buffer, offset);
    return headerLength(text) + text;
  }
}
