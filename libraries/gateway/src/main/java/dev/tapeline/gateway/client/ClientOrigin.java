package dev.tapeline.gateway.client;

import dev.tapeline.access.audit.Audit;
import dev.tapeline.core.Excerpt;
import dev.tapeline.protocols.spi.Opening;
import dev.tapeline.protocols.spi.Protocol;
import java.net.InetAddress;

/**
 * The origin of a client: its address, path and user agent. It lives as long as the connection, so
 * it does not keep the request's headers, which take memory and may hold a token.
 *
 * @param address the client's own address, also behind a proxy
 * @param path the path of its request, without the query
 * @param agent what the client calls itself: one line, shortened
 */
public record ClientOrigin(InetAddress address, Protocol protocol, String path, String agent) {

  private static final int LONGEST = 100;

  public static ClientOrigin of(InetAddress address, Protocol protocol, Opening opening) {
    return new ClientOrigin(
        address,
        protocol,
        Audit.printable(opening.path()),
        Excerpt.of(Audit.printable(opening.header("User-Agent").orElse("")), LONGEST));
  }
}
