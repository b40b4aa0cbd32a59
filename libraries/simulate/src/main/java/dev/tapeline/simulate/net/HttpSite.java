package dev.tapeline.simulate.net;

/** What a port serves. Called on the server's loop. */
public interface HttpSite {

  /** A client wants a socket. */
  Opening open(HttpCall call, ClientSocket socket);

  /** A client asks by HTTP. */
  HttpReply answer(HttpCall call);

  /** Writes an answer of this status. */
  HttpReply error(int status);
}
