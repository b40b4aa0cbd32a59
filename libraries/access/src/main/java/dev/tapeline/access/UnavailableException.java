package dev.tapeline.access;

import java.time.Duration;

/** Thrown for a credential that can't be checked now. */
final class UnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final Duration retryAfter;

  UnavailableException(String reason, Duration retryAfter) {
    super(reason, null, false, false);
    this.retryAfter = retryAfter;
  }

  Verdict verdict() {
    return new Verdict.Unavailable(String.valueOf(getMessage()), retryAfter);
  }
}
