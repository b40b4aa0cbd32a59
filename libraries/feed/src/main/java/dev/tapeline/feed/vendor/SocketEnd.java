package dev.tapeline.feed.vendor;

/** How a socket has ended. Texts have no secret in them. */
public sealed interface SocketEnd {

  /** The vendor, or this side, has closed it with a WebSocket close frame. */
  record Closed(int code, String reason) implements SocketEnd {}

  /**
   * The vendor has answered the handshake with this HTTP status instead of an upgrade.
   *
   * @param reason the beginning of the answer; empty if it said nothing
   */
  record Refused(int status, String reason) implements SocketEnd {}

  /**
   * The connection broke off, or could not be made: a reset, an unknown host, a bad certificate.
   */
  record Broken(String reason) implements SocketEnd {}
}
