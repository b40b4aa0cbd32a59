package dev.tapeline.chaos;

/** Thrown when a run can't go on; the message says what to correct. */
public final class ChaosException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public ChaosException(String message) {
    super(message);
  }

  public ChaosException(String message, Throwable cause) {
    super(message, cause);
  }
}
