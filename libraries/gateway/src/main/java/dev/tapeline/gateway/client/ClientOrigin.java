package dev.tapeline.gateway.client;

import dev.tapeline.access.audit.Audit;
import dev.tapeline.core.Excerpt;
import dev.tapeline.protocols.spi.Opening;
import dev.tapeline.protocols.spi.Protocol;
import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The origin of a client: when and from where it came, and what it asked for. It lives as long as
 * the connection, so it does not keep the request's headers, which take memory and may hold a
 * token.
 *
 * @param id the id of the client, unique on this node
 * @param address the client's own address, also behind a proxy
 * @param path the path of its request, without the query
 * @param agent what the client calls itself: one line, shortened
 */
public record ClientOrigin(
    String id,
    long openedMillis,
    InetAddress address,
    Protocol protocol,
    String path,
    String agent) {

  private static final int LONGEST = 100;
  private static final AtomicLong IDS = new AtomicLong();
  private static final int LETTERS = 36;

  /** The origin of a client that has just come. */
  public static ClientOrigin of(InetAddress address, Protocol protocol, Opening opening) {
    return new ClientOrigin(
        Long.toString(IDS.incrementAndGet(), LETTERS),
        System.currentTimeMillis(),
        address,
        protocol,
        Audit.printable(opening.path()),
        Excerpt.of(Audit.printable(opening.header("User-Agent").orElse("")), LONGEST));
  }
}
