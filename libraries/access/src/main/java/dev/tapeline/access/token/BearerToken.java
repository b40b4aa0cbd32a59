package dev.tapeline.access.token;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The token or key in an {@code Authorization} header (RFC 6750). */
public final class BearerToken {

  private static final String SCHEME = "Bearer ";

  private BearerToken() {}

  /** The text after the scheme; empty if there is no header, or it has another scheme. */
  public static Optional<String> in(@Nullable String header) {
    return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? Optional.of(header.substring(SCHEME.length()).strip())
        : Optional.empty();
  }
}
