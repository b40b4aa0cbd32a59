package dev.tapeline.access.address;

import java.net.InetAddress;

/**
 * A network of IP addresses: all that begin with the same bits, written {@code 10.0.0.0/8}; or a
 * single address.
 *
 * @param prefix the number of these bits
 */
public record Network(InetAddress address, int prefix) {

  /**
   * Reads an address with or without a number of bits. Names are not looked up.
   *
   * @throws IllegalArgumentException naming the text that is neither an address nor a network
   */
  public static Network parse(String text) {
    int slash = text.indexOf('/');
    InetAddress address = ClientAddresses.parse(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      throw new IllegalArgumentException(
          "'%s' is no IP address and no network such as 10.0.0.0/8".formatted(text));
    }
    int bits = address.getAddress().length * Byte.SIZE;
    return new Network(address, slash < 0 ? bits : prefix(text, text.substring(slash + 1), bits));
  }

  private static int prefix(String text, String digits, int bits) {
    if (digits.matches("\\d{1,3}") && Integer.parseInt(digits) <= bits) {
      return Integer.parseInt(digits);
    }
    throw new IllegalArgumentException(
        "'%s' must end in a prefix length from 0 to %d".formatted(text, bits));
  }

  boolean contains(InetAddress other) {
    byte[] mine = address.getAddress();
    byte[] others = other.getAddress();
    if (mine.length != others.length) {
      return false;
    }
    int whole = prefix / Byte.SIZE;
    for (int i = 0; i < whole; i++) {
      if (mine[i] != others[i]) {
        return false;
      }
    }
    int rest = prefix % Byte.SIZE;
    return rest == 0 || ((mine[whole] ^ others[whole]) & 0xff) >> (Byte.SIZE - rest) == 0;
  }
}
