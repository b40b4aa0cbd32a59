package dev.tapeline.feed.record;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A buffer of bytes that grows as numbers and texts are added. Reused; owned by one thread. */
final class Bytes {

  private byte[] array;
  private int length;

  Bytes(int capacity) {
    this.array = new byte[capacity];
  }

  int length() {
    return length;
  }

  /** The bytes are the first {@link #length} of it, until more are added. */
  byte[] array() {
    return array;
  }

  void clear() {
    length = 0;
  }

  void addByte(int value) {
    ensure(1);
    array[length++] = (byte) value;
  }

  /** Adds a number from 0 in groups of 7 bits, the lowest first. */
  void addNumber(long value) {
    ensure(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      array[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    array[length++] = (byte) rest;
  }

  /** Adds a number of either sign; near 0 it is short. */
  void addSigned(long value) {
    addNumber((value << 1) ^ (value >> 63));
  }

  /** Adds a length and so many bytes. */
  void addBlob(byte[] bytes) {
    addNumber(bytes.length);
    ensure(bytes.length);
    System.arraycopy(bytes, 0, array, length, bytes.length);
    length += bytes.length;
  }

  private void ensure(int more) {
    if (length + more > array.length) {
      array = Arrays.copyOf(array, Math.max(2 * array.length, length + more));
    }
  }

  /** Reads what {@link #addNumber} has added. */
  static long number(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = in.get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number of over 64 bits");
  }

  /** Reads what {@link #addSigned} has added. */
  static long signed(ByteBuffer in) {
    long value = number(in);
    return (value >>> 1) ^ -(value & 1);
  }

  /** Reads what {@link #addBlob} has added. */
  static byte[] blob(ByteBuffer in) {
    long size = number(in);
    if (size < 0 || size > in.remaining()) {
      throw new IllegalArgumentException("%d bytes of %d".formatted(size, in.remaining()));
    }
    byte[] bytes = new byte[(int) size];
    in.get(bytes);
    return bytes;
  }
}
