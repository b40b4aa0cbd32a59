package dev.tapeline.server.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/** The key of an administrator. Never printed by accident: its text must be asked for. */
public final class ApiKey {

  private final String text;

  public ApiKey(String text) {
    this.text = text;
  }

  /** A new key that nobody can guess. */
  public static ApiKey random() {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return new ApiKey(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** Compares in a time that does not tell how much of the candidate is right. */
  public boolean matches(String candidate) {
    return MessageDigest.isEqual(
        text.getBytes(StandardCharsets.UTF_8), candidate.getBytes(StandardCharsets.UTF_8));
  }

  public String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return "(hidden)";
  }
}
