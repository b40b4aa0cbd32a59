package dev.tapeline.access;

import java.time.Duration;

/** What a credential is worth. */
public sealed interface Verdict {

  /** It counts: who shows it is this one. */
  record Known(Identity identity) implements Verdict {}

  /**
   * It does not count, now or later.
   *
   * @param reason which does not show the credential
   */
  record Refused(String reason) implements Verdict {}

  /**
   * Nobody can tell now: the same credential may count later, so that the client is to come back.
   *
   * @param retryAfter when it is worth a try
   */
  record Unavailable(String reason, Duration retryAfter) implements Verdict {}
}
