package dev.tapeline.simulate.net;

/** The answer to a client that wants a socket. */
public sealed interface Opening {

  /** The socket opens, and this receives what the client sends. */
  record Accepted(SocketHandler handler) implements Opening {}

  /** The handshake fails with this answer. */
  record Refused(HttpReply reply) implements Opening {}
}
