package dev.tapeline.access;

/** A credential that does not count; the message says why, without showing it. */
final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  RefusedException(String reason) {
    super(reason, null, false, false);
  }

  Verdict verdict() {
    return new Verdict.Refused(String.valueOf(getMessage()));
  }
}
