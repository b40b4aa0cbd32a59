package dev.tapeline.server.rest;

import dev.tapeline.gateway.ClientAddresses;
import io.javalin.http.Context;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;

/** Whose request it is: the connection's address, or the one that a trusted proxy names. */
final class Callers {

  private final ClientAddresses addresses;

  Callers(List<String> trustedProxies) {
    this.addresses = new ClientAddresses(trustedProxies);
  }

  String addressOf(Context ctx) {
    String text = ctx.req().getRemoteAddr();
    InetAddress peer = ClientAddresses.parse(text);
    return peer == null ? text : addresses.of(peer, forwardedFor(ctx)).getHostAddress();
  }

  private static List<String> forwardedFor(Context ctx) {
    return Collections.list(ctx.req().getHeaders(ClientAddresses.FORWARDED_FOR));
  }
}
