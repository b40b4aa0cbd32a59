package dev.tapeline.simulate.net;

import java.util.Arrays;
import java.util.SplittableRandom;

/** What faults do to the bytes of a message. */
final class Damage {

  private static final int GARBAGE_LENGTH = 37;

  private Damage() {}

  /** The first half. */
  static SocketMessage half(SocketMessage message) {
    byte[] bytes = message.bytes();
    return message.withBytes(Arrays.copyOf(bytes, bytes.length / 2));
  }

  /** The message with one wrong bit: in a text, one of those that keep it ASCII. */
  static SocketMessage flipped(SocketMessage message, SplittableRandom random) {
    byte[] bytes = message.bytes();
    if (bytes.length == 0) {
      return message;
    }
    byte[] wrong = bytes.clone();
    int bit = message instanceof SocketMessage.Text ? 0 : random.nextInt(Byte.SIZE);
    wrong[random.nextInt(wrong.length)] ^= (byte) (1 << bit);
    return message.withBytes(wrong);
  }

  /** Bytes that mean nothing, of the same kind as the vendor's messages. */
  static SocketMessage garbage(SocketMessage like, SplittableRandom random) {
    byte[] bytes = new byte[GARBAGE_LENGTH];
    random.nextBytes(bytes);
    if (like instanceof SocketMessage.Text) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) ('!' + (bytes[i] & 0x3f));
      }
    }
    return like.withBytes(bytes);
  }
}
