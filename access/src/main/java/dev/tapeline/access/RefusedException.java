package dev.tapeline.access;

/** A credential that does not count; the message says why, without showing it. */
public final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public RefusedException(String reason) {
    super(reason, null, false, false);
  }
}
