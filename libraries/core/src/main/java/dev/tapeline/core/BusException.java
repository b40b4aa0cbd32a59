package dev.tapeline.core;

/** A publication or a cache call that the bus could not carry out; the message says why. */
public sealed class BusException extends RuntimeException
    permits FencedException, WritesRefusedException {

  private static final long serialVersionUID = 1;

  public BusException(String message) {
    super(message);
  }

  public BusException(String message, Throwable cause) {
    super(message, cause);
  }
}
