package dev.tapeline.core.thread;

/** Thrown when a thread ends that the process can't do without. */
public final class VitalThreadException extends RuntimeException {

  private static final long serialVersionUID = 1;

  VitalThreadException(String message) {
    super(message);
  }
}
