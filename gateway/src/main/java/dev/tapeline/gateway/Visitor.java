package dev.tapeline.gateway;

import dev.tapeline.gateway.protocol.Opening;
import dev.tapeline.gateway.protocol.Protocol;
import java.net.InetAddress;

/**
 * Where a client comes from, and by what.
 *
 * @param address of the client, which may be behind a proxy
 */
record Visitor(InetAddress address, Protocol protocol, Opening opening) {

  private static final int LONGEST = 100;

  /** What it calls itself: one line, shortened. */
  String agent() {
    String text = Audit.printable(opening.header("User-Agent").orElse(""));
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  /** Without the query, where a token may stand. */
  String path() {
    return Audit.printable(opening.path());
  }
}
