package dev.tapeline.access.token;

import dev.tapeline.access.policy.Identity;
import java.time.Duration;

/** The result of checking a credential. */
public sealed interface Verdict {

  /** The credential is valid: this is its client. */
  record Known(Identity identity) implements Verdict {}

  /**
   * The credential is not valid, now or later.
   *
   * @param reason which does not show the credential
   */
  record Refused(String reason) implements Verdict {}

  /**
   * The credential can't be checked now; it may be valid later, so the client should try again.
   *
   * @param retryAfter the time until another try makes sense
   */
  record Unavailable(String reason, Duration retryAfter) implements Verdict {}
}
