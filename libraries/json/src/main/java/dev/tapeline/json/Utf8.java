package dev.tapeline.json;

/** A check for valid UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing past U+10FFFF). */
public final class Utf8 {

  private Utf8() {}

  public static boolean isValid(byte[] bytes) {
    int at = 0;
    while (at < bytes.length) {
      if (bytes[at] >= 0) {
        at++;
        continue;
      }
      int length = sequenceAt(bytes, at);
      if (length == 0) {
        return false;
      }
      at += length;
    }
    return true;
  }

  /**
   * The number of bytes of the character that begins with the non-ASCII byte at this index; 0 if it
   * is not valid.
   */
  static int sequenceAt(byte[] bytes, int at) {
    int lead = bytes[at] & 0xff;
    if (lead >= 0xc2 && lead <= 0xdf) {
      return tail(bytes, at + 1, 1) ? 2 : 0;
    }
    if (lead >= 0xe0 && lead <= 0xef) {
      int least = lead == 0xe0 ? 0xa0 : 0x80;
      int most = lead == 0xed ? 0x9f : 0xbf;
      return second(bytes, at, least, most) && tail(bytes, at + 2, 1) ? 3 : 0;
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
      int least = lead == 0xf0 ? 0x90 : 0x80;
      int most = lead == 0xf4 ? 0x8f : 0xbf;
      return second(bytes, at, least, most) && tail(bytes, at + 2, 2) ? 4 : 0;
    }
    return 0;
  }

  private static boolean second(byte[] bytes, int at, int least, int most) {
    return at + 1 < bytes.length
        && (bytes[at + 1] & 0xff) >= least
        && (bytes[at + 1] & 0xff) <= most;
  }

  private static boolean tail(byte[] bytes, int from, int count) {
    for (int i = from; i < from + count; i++) {
      if (i >= bytes.length || (bytes[i] & 0xc0) != 0x80) {
        return false;
      }
    }
    return true;
  }
}
