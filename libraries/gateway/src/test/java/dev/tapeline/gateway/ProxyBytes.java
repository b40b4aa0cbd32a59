package dev.tapeline.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** PROXY headers, spelt out by the protocol's specification. All name source port 1111. */
public final class ProxyBytes {

  /** ALPN, a unique id, padding, and one of Amazon's own types. */
  public static final byte[] TLVS = {
    1, 0, 2, 'h', '2', 5, 0, 1, 9, 4, 0, 0, (byte) 0xea, 0, 2, 1, 'v'
  };

  private static final byte[] SIGNATURE = {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10};
  private static final byte[] PORTS = {1111 >> 8, 1111 & 0xff, 0, 80};

  private ProxyBytes() {}

  public static byte[] v1(String protocol, String source) {
    String destination = source.contains(":") ? "::1" : "127.0.0.1";
    return "PROXY %s %s %s 1111 80\r\n"
        .formatted(protocol, source, destination)
        .getBytes(StandardCharsets.US_ASCII);
  }

  public static byte[] v2(int versionAndCommand, int familyAndProtocol, byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    ByteBuffer header = ByteBuffer.allocate(16 + length);
    header.put(SIGNATURE).put((byte) versionAndCommand).put((byte) familyAndProtocol);
    header.putShort((short) length);
    for (byte[] part : parts) {
      header.put(part);
    }
    return header.array();
  }

  /** The address block of IPv4. */
  public static byte[] four(int... source) {
    ByteBuffer block = ByteBuffer.allocate(12);
    for (int octet : source) {
      block.put((byte) octet);
    }
    return block.put(new byte[] {127, 0, 0, 1}).put(PORTS).array();
  }

  /** The address block of IPv6, from an address that begins so and is zeros from there on. */
  static byte[] six(int... source) {
    ByteBuffer block = ByteBuffer.allocate(36);
    for (int octet : source) {
      block.put((byte) octet);
    }
    return block.position(31).put((byte) 1).put(PORTS).array();
  }
}
