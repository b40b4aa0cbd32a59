package dev.tapeline.feed.record;

/** Thrown when a file is no recording that this version can read; the message says why. */
final class RecordingException extends RuntimeException {

  private static final long serialVersionUID = 1;

  RecordingException(String message) {
    super(message);
  }

  RecordingException(String message, Throwable cause) {
    super(message, cause);
  }
}
