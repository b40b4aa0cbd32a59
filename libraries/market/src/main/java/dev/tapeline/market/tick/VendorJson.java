package dev.tapeline.market.tick;

import java.nio.charset.StandardCharsets;

/**
 * A JSON object as an exchange sent it, to be passed on byte for byte. The bytes are never changed
 * after construction and not copied: the caller must not write to them again.
 */
@SuppressWarnings("ArrayRecordComponent") // shared, never compared
public record VendorJson(byte[] bytes) {

  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
