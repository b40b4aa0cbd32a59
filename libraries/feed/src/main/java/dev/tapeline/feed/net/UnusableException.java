package dev.tapeline.feed.net;

/** Thrown when what was received can't be used; the message says why. */
final class UnusableException extends RuntimeException {

  private static final long serialVersionUID = 1;

  UnusableException(String message) {
    super(message);
  }

  UnusableException(String message, Throwable cause) {
    super(message, cause);
  }
}
