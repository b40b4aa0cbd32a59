package dev.tapeline.access.token;

import java.time.Duration;

/** Thrown for a credential that can't be checked now. */
public final class UnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final Duration retryAfter;

  UnavailableException(String reason, Duration retryAfter) {
    super(reason, null, false, false);
    this.retryAfter = retryAfter;
  }

  public Verdict verdict() {
    return new Verdict.Unavailable(String.valueOf(getMessage()), retryAfter);
  }
}
