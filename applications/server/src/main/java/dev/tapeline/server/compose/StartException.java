package dev.tapeline.server.compose;

/** Thrown when the server can't start; the message says what to do about it. */
public final class StartException extends RuntimeException {

  private static final long serialVersionUID = 1;

  StartException(String message) {
    super(message);
  }

  public StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
