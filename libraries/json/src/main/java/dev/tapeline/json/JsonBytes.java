package dev.tapeline.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A small writer of JSON into one reused buffer. It writes no commas and braces by itself. Owned by
 * one thread.
 */
public final class JsonBytes {

  /** This many digits always fit into a long. */
  private static final int LONG_DIGITS = 18;

  private byte[] buffer = new byte[1024];
  private int length;

  /** The longest number that {@link #unscaled} writes: 19 digits and a point. */
  private final byte[] digits = new byte[20];

  public JsonBytes clear() {
    length = 0;
    return this;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(buffer, length);
  }

  public JsonBytes raw(byte[] bytes) {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
    return this;
  }

  /** Writes ASCII text as it is. */
  @SuppressWarnings("deprecation") // drops the high bytes, which ASCII does not have, and is fast
  public JsonBytes ascii(String text) {
    int count = text.length();
    reserve(count);
    text.getBytes(0, count, buffer, length);
    length += count;
    return this;
  }

  /** Writes any text as a JSON string. */
  public JsonBytes string(String text) {
    ascii("\"");
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b == '"' || b == '\\') {
        put('\\');
        put(b);
      } else if (b >= 0 && b < ' ') {
        ascii("\\u%04x".formatted((int) b));
      } else {
        put(b);
      }
    }
    return ascii("\"");
  }

  public JsonBytes number(long value) {
    if (value < 0) {
      return ascii(Long.toString(value));
    }
    return unscaled(value, 0);
  }

  /** Writes a JSON number without trailing zeros after the point. */
  public JsonBytes number(BigDecimal value) {
    return decimal(value, true);
  }

  /** Writes a JSON string with all zeros that the value has. */
  public JsonBytes quoted(BigDecimal value) {
    put('"');
    decimal(value, false);
    put('"');
    return this;
  }

  private JsonBytes decimal(BigDecimal value, boolean strip) {
    int scale = value.scale();
    if (scale < 0 || scale > LONG_DIGITS || value.precision() > LONG_DIGITS) {
      return ascii((strip ? value.stripTrailingZeros() : value).toPlainString());
    }
    long unscaled = value.scaleByPowerOfTen(scale).longValue(); // makes no BigInteger
    if (unscaled < 0) {
      put('-');
      unscaled = -unscaled;
    }
    while (strip && scale > 0 && unscaled % 10 == 0) {
      unscaled /= 10;
      scale--;
    }
    return unscaled(unscaled, scale);
  }

  private JsonBytes unscaled(long value, int scale) {
    long rest = value;
    int places = scale;
    int at = digits.length;
    do {
      long next = rest / 10;
      digits[--at] = (byte) ('0' + (rest - 10 * next));
      rest = next;
      if (--places == 0) {
        digits[--at] = '.';
      }
    } while (rest > 0 || places >= 0);
    int count = digits.length - at;
    reserve(count);
    System.arraycopy(digits, at, buffer, length, count);
    length += count;
    return this;
  }

  private void put(int b) {
    reserve(1);
    buffer[length++] = (byte) b;
  }

  private void reserve(int count) {
    if (length + count > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, length + count));
    }
  }
}
