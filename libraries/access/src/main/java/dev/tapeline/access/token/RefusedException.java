package dev.tapeline.access.token;

/** Thrown for a credential that is not valid; the message says why, without showing it. */
public final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public RefusedException(String reason) {
    super(reason, null, false, false);
  }

  public Verdict verdict() {
    return new Verdict.Refused(String.valueOf(getMessage()));
  }
}
