package dev.tapeline.hub.frame;

import io.netty.buffer.ByteBuf;

/** One frame as it goes on the wire, in parts. */
public final class EncodedFrame {

  static final EncodedFrame NOTHING = new EncodedFrame(new byte[0][]);

  private final byte[][] parts;
  private final int length;

  private EncodedFrame(byte[][] parts) {
    this.parts = parts;
    this.length = Frame.lengthOf(parts);
  }

  static EncodedFrame of(byte[]... parts) {
    return new EncodedFrame(parts);
  }

  /** A frame between bytes that go before and after it. */
  static EncodedFrame around(byte[] before, Frame frame, byte[] after) {
    byte[][] text = frame.parts();
    byte[][] all = new byte[text.length + 2][];
    all[0] = before;
    System.arraycopy(text, 0, all, 1, text.length);
    all[all.length - 1] = after;
    return new EncodedFrame(all);
  }

  public int length() {
    return length;
  }

  public void writeTo(ByteBuf out) {
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
  }
}
