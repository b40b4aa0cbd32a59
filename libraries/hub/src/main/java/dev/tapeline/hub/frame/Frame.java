package dev.tapeline.hub.frame;

/** One message for a client. Its text is joined from parts. */
public final class Frame {

  /** No frame, for an event that a protocol can't express. */
  public static final Frame NONE = new Frame(new byte[0][]);

  private final byte[][] parts;

  private Frame(byte[][] parts) {
    this.parts = parts;
  }

  /** A frame of these parts, which must be UTF-8 when joined and are not copied. */
  public static Frame of(byte[]... parts) {
    return new Frame(parts);
  }

  /** Whether nothing is written for it. */
  public boolean isNothing() {
    return parts.length == 0;
  }

  byte[][] parts() {
    return parts;
  }

  /** How many bytes the text has. */
  public int length() {
    return lengthOf(parts);
  }

  static int lengthOf(byte[][] parts) {
    int sum = 0;
    for (byte[] part : parts) {
      sum += part.length;
    }
    return sum;
  }

  /** The text, joined. */
  public byte[] text() {
    byte[] text = new byte[length()];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, text, at, part.length);
      at += part.length;
    }
    return text;
  }
}
