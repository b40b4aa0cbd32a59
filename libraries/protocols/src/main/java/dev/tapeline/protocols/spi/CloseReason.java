package dev.tapeline.protocols.spi;

/**
 * Why the gateway closes a connection. Clients come back after 4000-4499, and not after 4500-4999.
 */
public enum CloseReason {
  GOING_AWAY(1001, "the server goes away"),
  UNSUPPORTED_DATA(1003, "messages are text"),
  FAILED(1011, "the server could not handle what came"),
  DRAINED(4000, "the server is about to stop"),
  IDLE(4001, "no sign of life"),
  EXPIRED(4002, "the token has expired: come back with a fresh one"),
  RUSH(4003, "too many come at once: come back later"),
  TOO_SLOW(4004, "the client does not take what it is sent: come back when it can"),
  MOVED(4005, "an administrator wants the client to come back"),
  UNCHECKED(4006, "who the client is can't be checked now: come back later"),
  RATE_ABUSE(4500, "far more messages than the limit allows"),
  BAD_MESSAGES(4501, "too many messages that make no sense"),
  UNAUTHORIZED(4502, "no token or key was shown in time"),
  CLOSED_BY_ADMIN(4503, "an administrator has closed the connection"),
  TOO_MANY_CONNECTIONS(4504, "the user has as many connections as it may: close another one");

  private final int code;
  private final String text;

  CloseReason(int code, String text) {
    this.code = code;
    this.text = text;
  }

  public int code() {
    return code;
  }

  public String text() {
    return text;
  }
}
