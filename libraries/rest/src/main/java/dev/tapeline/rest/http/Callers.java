package dev.tapeline.rest.http;

import dev.tapeline.access.address.ClientAddresses;
import io.javalin.http.Context;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Finds the caller of a request: the connection's address, or the one that a trusted proxy names.
 */
public final class Callers {

  private final ClientAddresses addresses;

  /**
   * @param behindGateway whether a gateway passes the requests on
   */
  public Callers(List<String> trustedProxies, boolean behindGateway) {
    this.addresses =
        behindGateway
            ? ClientAddresses.behindGateway(trustedProxies)
            : new ClientAddresses(trustedProxies);
  }

  String addressOf(Context ctx) {
    return of(ctx).map(InetAddress::getHostAddress).orElse(ctx.req().getRemoteAddr());
  }

  /** The network that the request counts for where addresses have limits. */
  String networkOf(Context ctx) {
    return of(ctx)
        .map(address -> ClientAddresses.network(address).getHostAddress())
        .orElse(ctx.req().getRemoteAddr());
  }

  private Optional<InetAddress> of(Context ctx) {
    return Optional.ofNullable(ClientAddresses.parse(ctx.req().getRemoteAddr()))
        .map(peer -> addresses.of(peer, name -> Collections.list(ctx.req().getHeaders(name))));
  }
}
