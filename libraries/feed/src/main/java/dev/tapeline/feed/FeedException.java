package dev.tapeline.feed;

/** Thrown when a feed can't start; the message says what to correct. */
public final class FeedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public FeedException(String message) {
    super(message);
  }

  public FeedException(String message, Throwable cause) {
    super(message, cause);
  }
}
