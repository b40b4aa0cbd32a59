package dev.tapeline.access;

import java.net.InetAddress;

/**
 * A network of IP addresses: all that begin with the same bits.
 *
 * @param prefix the number of these bits
 */
record Network(InetAddress address, int prefix) {

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
