package dev.tapeline.simulate.net;

/** A simulator can't start, or was asked for what it can't do. */
public final class SimulatorException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public SimulatorException(String message) {
    super(message);
  }

  public SimulatorException(String message, Throwable cause) {
    super(message, cause);
  }
}
