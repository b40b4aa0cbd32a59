package dev.tapeline.server.settings.part;

import java.security.SecureRandom;
import java.util.Base64;

/** The key of the owner. Its text is hidden in {@link #toString}; {@link #reveal} returns it. */
public final class OwnerKey {

  private final String text;

  public OwnerKey(String text) {
    this.text = text;
  }

  /** A new key that nobody can guess. */
  public static OwnerKey random() {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return new OwnerKey(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  public String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return "(hidden)";
  }
}
