package dev.tapeline.access.policy;

import dev.tapeline.access.Authenticator;
import dev.tapeline.core.Channel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a client.
 *
 * @param subject the name of the user, which is part of the names of the user's personal channels;
 *     null for a client without a name
 * @param role the role whose rules apply
 * @param expires when the client's token expires, see {@link Authenticator#endOf}; null for never
 */
public record Identity(@Nullable String subject, String role, @Nullable Instant expires) {

  private static final int LONGEST = 128;

  /** The rule for names of users, as it is told with a refusal. */
  public static final String SUBJECTS =
      "it stands in names of channels, so that it has 1 to %d characters, none of * ? [ ] \\ and no control characters"
          .formatted(LONGEST);

  /** A client in a role, without a name. */
  public static Identity anybody(String role) {
    return new Identity(null, role, null);
  }

  /**
   * Whether a user may have this name. It becomes part of channel names and follows their rules.
   */
  public static boolean isSubject(String text) {
    return !text.isEmpty() && text.length() <= LONGEST && Channel.isValid(text);
  }

  @Override
  public String toString() {
    return (subject == null ? "anybody" : subject) + " as " + role;
  }
}
