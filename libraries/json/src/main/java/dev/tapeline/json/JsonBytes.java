package dev.tapeline.json;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A small writer of JSON into one reused buffer. It writes no commas and braces by itself. Owned by
 * one thread.
 */
public final class JsonBytes {

  /** This many digits always fit into a long. */
  private static final int LONG_DIGITS = 18;

  private static final long[] POWERS = powers();

  /** The digits of 00 to 99. */
  private static final byte[] PAIRS = pairs();

  private byte[] buffer = new byte[1024];
  private int length;

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

  /** Writes a part of what another one holds. */
  public JsonBytes part(JsonBytes other, int from, int to) {
    reserve(to - from);
    System.arraycopy(other.buffer, from, buffer, length, to - from);
    length += to - from;
    return this;
  }

  /** How many bytes have been written. */
  public int length() {
    return length;
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

  /**
   * Writes a finite number rounded to some significant digits, but to no more than 18 places, and
   * at least to the whole number; without trailing zeros. The same number gives the same digits on
   * every machine.
   *
   * @param significant from 1 to 15
   */
  public JsonBytes rounded(double value, int significant) {
    double size = Math.abs(value);
    if (size == 0) {
      return unscaled(0, 0);
    }
    if (size >= POWERS[LONG_DIGITS - 1]) {
      return number(new BigDecimal(value).setScale(0, RoundingMode.HALF_UP));
    }
    int whole = 0;
    while (size >= POWERS[whole]) {
      whole++;
    }
    int scale = Math.max(0, significant - whole);
    long unscaled = Math.round(size * POWERS[scale]);
    while (whole == 0 && scale < LONG_DIGITS && 10 * unscaled < POWERS[significant]) {
      unscaled = Math.round(size * POWERS[++scale]);
    }
    if (value < 0 && unscaled > 0) {
      put('-');
    }
    return stripped(unscaled, scale);
  }

  private JsonBytes stripped(long value, int places) {
    long unscaled = value;
    int scale = places;
    while (scale > 0 && unscaled % 10 == 0) {
      unscaled /= 10;
      scale--;
    }
    return unscaled(unscaled, scale);
  }

  private static long[] powers() {
    long[] powers = new long[LONG_DIGITS + 1];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = 10 * powers[i - 1];
    }
    return powers;
  }

  private static byte[] pairs() {
    byte[] pairs = new byte[200];
    for (int i = 0; i < 100; i++) {
      pairs[2 * i] = (byte) ('0' + i / 10);
      pairs[2 * i + 1] = (byte) ('0' + i % 10);
    }
    return pairs;
  }

  /** Writes the shortest decimal that reads as this number again, which must be finite. */
  public JsonBytes number(double value) {
    String text = Double.toString(value);
    if (text.indexOf('E') >= 0) {
      return number(new BigDecimal(text));
    }
    return ascii(text.endsWith(".0") ? text.substring(0, text.length() - 2) : text);
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
    return strip ? stripped(unscaled, scale) : unscaled(unscaled, scale);
  }

  /** Writes a number that is not negative, by its digits and how many of them are places. */
  private JsonBytes unscaled(long value, int scale) {
    if (scale == 0) {
      digits(value, width(value));
      return this;
    }
    long unit = POWERS[scale];
    long whole = value / unit;
    digits(whole, width(whole));
    put('.');
    digits(value - whole * unit, scale);
    return this;
  }

  /** How many digits a number has that is not negative. */
  private static int width(long value) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(value | 1);
    int least = (bits * 1233) >> 12; // the logarithm of 2 is 1233 / 4096
    return value < POWERS[least] ? Math.max(1, least) : least + 1;
  }

  /** Writes so many digits, with zeros in front; two at a time, as divisions take long. */
  private void digits(long value, int count) {
    reserve(count);
    int at = length + count;
    long rest = value;
    while (at - length >= 2) {
      long next = rest / 100;
      int pair = 2 * (int) (rest - 100 * next);
      buffer[--at] = PAIRS[pair + 1];
      buffer[--at] = PAIRS[pair];
      rest = next;
    }
    if (at > length) {
      buffer[length] = (byte) ('0' + rest);
    }
    length += count;
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
