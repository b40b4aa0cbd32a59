package dev.tapeline.server.cli;

import dev.tapeline.server.settings.Settings;
import dev.tapeline.server.settings.part.NodeRole;
import dev.tapeline.server.settings.part.OwnerKey;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines that a started server prints: the addresses that it serves, and no others.
 *
 * @param ports that the server listens on
 */
record Announcement(ServerRun.Greeting greeting, Settings settings, List<Integer> ports) {

  List<String> lines(Instant now) {
    List<String> lines = new ArrayList<>();
    lines.add(greeting.title());
    NodeRole role = settings.role();
    int first = ports.getFirst();
    if (role.hasApi()) {
      String query = new PageToken(settings.access(), now).query(greeting.token());
      lines.add("  pages    " + address("http", first) + "/" + query);
    } else {
      lines.add("  health   " + address("http", first) + "/health/ready");
    }
    if (role.hasGateway()) {
      ports.forEach(port -> lines.add("  gateway  " + address("ws", port) + "/ws"));
    }
    OwnerKey key = settings.apiKey();
    if (greeting.key() && key != null) {
      lines.add("  API key  " + key.reveal());
    }
    return lines;
  }

  private String address(String scheme, int port) {
    String s = settings.tls() == null ? "" : "s";
    return "%s%s://%s:%d".formatted(scheme, s, host(), port);
  }

  /** The host to print: {@code localhost} wherever that reaches the server. */
  private String host() {
    String host = settings.gateway().listener().bindHost();
    try {
      InetAddress bound = InetAddress.getByName(host);
      if (bound.isAnyLocalAddress() || bound.equals(InetAddress.getLoopbackAddress())) {
        return "localhost";
      }
    } catch (UnknownHostException e) {
      return host; // the host as it was set
    }
    return host.contains(":") ? "[" + host + "]" : host;
  }
}
