package dev.tapeline.server.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** An address, or all addresses that share the first bits of one, written {@code 10.0.0.0/8}. */
public record Network(String text, InetAddress address, int bits) {

  /**
   * Reads an address with or without a number of bits.
   *
   * @throws IllegalArgumentException if the text is not an address; names are not looked up
   */
  public static Network parse(String text) {
    int slash = text.indexOf('/');
    String host = slash < 0 ? text : text.substring(0, slash);
    InetAddress address = literal(host);
    int most = address.getAddress().length * 8;
    int bits = slash < 0 ? most : bits(text.substring(slash + 1), most, text);
    return new Network(text, address, bits);
  }

  /**
   * Reads an address in digits.
   *
   * @throws IllegalArgumentException if the text is not an address
   */
  public static InetAddress literal(String host) {
    if (!host.matches("[0-9.]{7,15}|[0-9A-Fa-f.:]*:[0-9A-Fa-f.:]*")) {
      throw new IllegalArgumentException("'" + host + "' is no address");
    }
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("'" + host + "' is no address", e);
    }
  }

  private static int bits(String text, int most, String whole) {
    if (text.matches("[0-9]{1,3}") && Integer.parseInt(text) <= most) {
      return Integer.parseInt(text);
    }
    throw new IllegalArgumentException("'" + whole + "' is no network");
  }
}
