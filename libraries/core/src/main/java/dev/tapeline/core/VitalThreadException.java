package dev.tapeline.core;

/** A thread ended that the process cannot do without. */
public final class VitalThreadException extends RuntimeException {

  private static final long serialVersionUID = 1;

  VitalThreadException(String message) {
    super(message);
  }
}
