package dev.tapeline.access.policy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A key that stands for a client. Only its SHA-256 is kept: keys are random and long, so that a
 * slow hash would add nothing.
 */
final class ApiKey {

  private final String name;
  private final byte[] sha256;
  private final Identity identity;

  /**
   * @param subject the name of the user that it stands for; null if it has none
   */
  ApiKey(String name, String sha256, String role, @Nullable String subject) {
    this.name = name;
    this.sha256 = HexFormat.of().parseHex(sha256);
    this.identity = new Identity(subject, role, null);
  }

  static ApiKey of(String name, String key, String role) {
    return new ApiKey(name, HexFormat.of().formatHex(hash(key)), role, null);
  }

  String name() {
    return name;
  }

  Identity identity() {
    return identity;
  }

  /** Compares in constant time. */
  boolean isOf(byte[] hash) {
    return MessageDigest.isEqual(sha256, hash);
  }

  static byte[] hash(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("each JVM has SHA-256", e);
    }
  }
}
