package dev.tapeline.rest.http;

/**
 * Thrown when the REST server's private socket can't be created; the message says what to correct.
 */
public final class DoorException extends RuntimeException {

  private static final long serialVersionUID = 1;

  DoorException(String message) {
    super(message);
  }

  DoorException(String message, Throwable cause) {
    super(message, cause);
  }
}
