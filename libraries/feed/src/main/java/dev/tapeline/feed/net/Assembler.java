package dev.tapeline.feed.net;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Puts the parts of a message together. Owned by the thread of one socket. */
final class Assembler {

  private final int limit;
  private @Nullable ByteArrayOutputStream parts;

  Assembler(int limit) {
    this.limit = limit;
  }

  /**
   * Takes a part of a text message.
   *
   * @return the whole message with its last part; null before
   * @throws UnusableException if the message is longer than the limit
   */
  byte @Nullable [] add(CharSequence part, boolean last) {
    return add(part.toString().getBytes(StandardCharsets.UTF_8), last);
  }

  /**
   * Takes a part of a binary message.
   *
   * @return the whole message with its last part; null before
   * @throws UnusableException if the message is longer than the limit
   */
  byte @Nullable [] add(ByteBuffer part, boolean last) {
    byte[] bytes = new byte[part.remaining()];
    part.get(bytes);
    return add(bytes, last);
  }

  private byte @Nullable [] add(byte[] bytes, boolean last) {
    ByteArrayOutputStream before = parts;
    int length = before == null ? 0 : before.size();
    if (bytes.length > limit - length) {
      throw new UnusableException("a message of more than %d bytes".formatted(limit));
    }
    if (before == null && last) {
      return bytes;
    }
    ByteArrayOutputStream all = before == null ? new ByteArrayOutputStream() : before;
    all.writeBytes(bytes);
    parts = last ? null : all;
    return last ? all.toByteArray() : null;
  }
}
