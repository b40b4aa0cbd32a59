package dev.tapeline.server.rest;

import dev.tapeline.server.config.Network;
import io.javalin.http.Context;
import java.net.InetAddress;
import java.util.List;

/** Whose request it is: the connection's address, or the one that a trusted proxy names. */
final class Callers {

  private final List<Network> proxies;

  Callers(List<String> trustedProxies) {
    this.proxies = trustedProxies.stream().map(Network::parse).toList();
  }

  String addressOf(Context ctx) {
    String address = ctx.req().getRemoteAddr();
    String forwarded = proxies.isEmpty() ? null : ctx.header("X-Forwarded-For");
    return forwarded == null ? address : behindProxies(address, forwarded.split(","));
  }

  /** Each proxy appends whom it heard from: the last one that is no proxy is the caller. */
  private String behindProxies(String address, String[] forwarded) {
    String caller = address;
    for (int i = forwarded.length - 1; i >= 0 && isProxy(caller); i--) {
      caller = forwarded[i].strip();
    }
    return caller;
  }

  private boolean isProxy(String text) {
    try {
      InetAddress address = Network.literal(text);
      return proxies.stream().anyMatch(proxy -> proxy.contains(address));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
