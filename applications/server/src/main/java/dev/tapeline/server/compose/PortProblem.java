package dev.tapeline.server.compose;

import dev.tapeline.server.settings.part.GatewaySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;

/** Why a port can't be listened on, and what to do about it. */
public record PortProblem(String what, String remedy) {

  /** Ports below this one need privileges. */
  private static final int UNPRIVILEGED = 1024;

  /** The problem with the port that the setting names; empty if a server can listen on it. */
  public static Optional<PortProblem> find(String host, int port, String setting) {
    return failure(host, port)
        .map(error ->
            new PortProblem(
                "can't listen on %s port %d: %s".formatted(host, port, error.getMessage()),
                remedy(host, port, setting, error)));
  }

  private static Optional<IOException> failure(String host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    }
  }

  private static String remedy(String host, int port, String setting, IOException error) {
    if (failure(host, 0).isPresent()) {
      return "set tapeline-bind-host to an address of this machine (ip address), or to 0.0.0.0"
          + " for all of them";
    }
    if (port < UNPRIVILEGED && String.valueOf(error.getMessage()).contains("ermission")) {
      return "set %s to a port from %d on, or give the process CAP_NET_BIND_SERVICE"
          .formatted(setting, UNPRIVILEGED);
    }
    return ("stop the program that listens there (ss -ltnp 'sport = :%d'), or set %s to another"
            + " port or to 0")
        .formatted(port, setting);
  }

  /** The exception for a start that failed at one of the ports, if it was one of them. */
  static StartException explain(GatewaySettings gateway, RuntimeException cause) {
    String host = gateway.listener().bindHost();
    return find(host, gateway.apiPort(), "tapeline-api-port")
        .or(() -> find(host, gateway.gatewayPort(), "redis-ws-gateway-port"))
        .map(problem -> new StartException(problem.what() + "; " + problem.remedy(), cause))
        .orElseGet(() -> new StartException(String.valueOf(cause.getMessage()), cause));
  }
}
