package dev.tapeline.redis.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A cache of channel names by their UTF-8 bytes, so that a message on a known channel allocates no
 * string. It holds a bounded number of recent names. Owned by one thread.
 */
public final class ChannelNames {

  static final int CAPACITY = 1 << 14;
  static final int MAX_KEPT_BYTES = 256;
  private static final int PROBES = 8;

  private final int prefixLength;
  private final byte[] @Nullable [] keys = new byte[CAPACITY][];
  private final @Nullable String[] names = new String[CAPACITY];

  /**
   * @param prefixLength bytes that each name begins with and that are left off
   */
  public ChannelNames(int prefixLength) {
    this.prefixLength = prefixLength;
  }

  public String of(byte[] bytes, int start, int length) {
    int from = start + Math.min(prefixLength, length);
    int to = start + length;
    if (to - from > MAX_KEPT_BYTES) {
      return text(bytes, from, to);
    }
    int home = hash(bytes, from, to);
    for (int i = 0; i < PROBES; i++) {
      int slot = (home + i) & (CAPACITY - 1);
      byte[] key = keys[slot];
      String name = names[slot];
      if (key == null || name == null) {
        return keep(slot, bytes, from, to);
      }
      if (Arrays.equals(key, 0, key.length, bytes, from, to)) {
        return name;
      }
    }
    return keep(home & (CAPACITY - 1), bytes, from, to);
  }

  private String keep(int slot, byte[] bytes, int from, int to) {
    String name = text(bytes, from, to);
    keys[slot] = Arrays.copyOfRange(bytes, from, to);
    names[slot] = name;
    return name;
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private static int hash(byte[] bytes, int from, int to) {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash ^ hash >>> 15;
  }
}
