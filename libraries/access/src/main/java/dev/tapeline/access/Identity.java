package dev.tapeline.access;

import dev.tapeline.core.Channel;
import java.time.Instant;
import java.util.Optional;

/**
 * Who a client is.
 *
 * @param subject the user, whose own channels carry this name; empty for anybody
 * @param role whose rules hold
 * @param expires the end of the token that says so, see {@link Authenticator#endOf}; empty for
 *     never
 */
public record Identity(Optional<String> subject, String role, Optional<Instant> expires) {

  private static final int LONGEST = 128;

  /** What a user's name may be, for who is refused for another one. */
  static final String SUBJECTS =
      "it stands in names of channels, so that it has 1 to %d characters, none of * ? [ ] \\ and no control characters"
          .formatted(LONGEST);

  /** Anybody in a role. */
  public static Identity anybody(String role) {
    return new Identity(Optional.empty(), role, Optional.empty());
  }

  /** Whether a user may have this name: it stands in names of channels, where none is a pattern. */
  static boolean isSubject(String text) {
    return !text.isEmpty() && text.length() <= LONGEST && Channel.isValid(text);
  }

  @Override
  public String toString() {
    return subject.map(name -> name + " as " + role).orElse("anybody as " + role);
  }
}
