package dev.tapeline.bench.cli;

/** Thrown for the value of an option that can't be one; the message says what is allowed. */
public final class OptionException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public OptionException(String message) {
    super(message);
  }

  public OptionException(String message, Throwable cause) {
    super(message, cause);
  }
}
