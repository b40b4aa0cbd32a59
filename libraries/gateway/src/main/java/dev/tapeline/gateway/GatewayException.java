package dev.tapeline.gateway;

/** Thrown when the gateway can't start; the message says why. */
public final class GatewayException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public GatewayException(String message) {
    super(message);
  }
}
