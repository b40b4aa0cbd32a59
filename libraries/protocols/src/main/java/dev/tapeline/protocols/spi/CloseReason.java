package dev.tapeline.protocols.spi;

/**
 * A reason for which the gateway closes a connection. Clients reconnect after codes 4000-4499, and
 * not after 4500-4999.
 */
public enum CloseReason {
  GOING_AWAY(1001, "the server is shutting down"),
  UNSUPPORTED_DATA(1003, "only text messages are accepted"),
  FAILED(1011, "the server could not handle a message"),
  DRAINED(4000, "the server is about to stop"),
  IDLE(4001, "no answer to pings"),
  EXPIRED(4002, "the token has expired: reconnect with a new one"),
  RUSH(4003, "too many clients connect at once: reconnect later"),
  TOO_SLOW(4004, "the client reads too slowly: reconnect when it can keep up"),
  MOVED(4005, "an administrator asks the client to reconnect"),
  UNCHECKED(4006, "the token can't be checked now: reconnect later"),
  RATE_ABUSE(4500, "far more messages than the limit allows"),
  BAD_MESSAGES(4501, "too many invalid messages"),
  UNAUTHORIZED(4502, "no token or key was shown in time"),
  CLOSED_BY_ADMIN(4503, "an administrator has closed the connection"),
  TOO_MANY_CONNECTIONS(4504, "the user has reached its limit of connections: close another one");

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
