package dev.tapeline.rest;

/** There is no place for the REST server's private socket; the message says what to mend. */
public final class DoorException extends RuntimeException {

  private static final long serialVersionUID = 1;

  DoorException(String message) {
    super(message);
  }

  DoorException(String message, Throwable cause) {
    super(message, cause);
  }
}
