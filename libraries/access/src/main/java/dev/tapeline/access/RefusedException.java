package dev.tapeline.access;

/** Thrown for a credential that is not valid; the message says why, without showing it. */
final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  RefusedException(String reason) {
    super(reason, null, false, false);
  }

  Verdict verdict() {
    return new Verdict.Refused(String.valueOf(getMessage()));
  }
}
