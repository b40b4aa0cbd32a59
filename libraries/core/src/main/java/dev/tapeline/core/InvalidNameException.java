package dev.tapeline.core;

/** Thrown for text that can't name a channel or a pattern; the message says why. */
public final class InvalidNameException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  public InvalidNameException(String message) {
    super(message);
  }
}
