package dev.tapeline.protocols.spi;

/** A reason for which a client's request fails. The texts are the native protocol's error codes. */
public enum RequestError {
  BAD_JSON("bad_json"),
  BAD_REQUEST("bad_request"),
  UNKNOWN_ACTION("unknown_action"),
  BAD_CHANNEL("bad_channel"),
  MODE("mode"),
  DELTA("delta"),
  LIMIT("limit"),
  FORBIDDEN("forbidden"),
  UNAUTHORIZED("unauthorized"),
  EXPIRED("expired"),
  NOT_SUBSCRIBED("not_subscribed"),
  BUSY("busy"),
  UNAVAILABLE("unavailable"),
  NO_HISTORY("no_history"),
  EPOCH("epoch"),
  RATE_LIMITED("rate_limited"),
  TOO_MANY_MATCHES("too_many_matches");

  private final String text;

  RequestError(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
