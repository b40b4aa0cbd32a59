package dev.tapeline.server.runtime;

import dev.tapeline.server.config.Listen;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Says which port can't be listened on, which setting names it, and what to do. */
public final class PortProblem {

  private PortProblem() {}

  static StartException explain(Listen listen, RuntimeException cause) {
    String api = problem(listen.bindHost(), listen.apiPort(), "tapeline-api-port");
    String gateway = problem(listen.bindHost(), listen.gatewayPort(), "redis-ws-gateway-port");
    String known = api.isEmpty() ? gateway : api;
    return new StartException(known.isEmpty() ? String.valueOf(cause.getMessage()) : known, cause);
  }

  /** What hinders listening on the port, with the remedy; empty if nothing does. */
  public static String problem(String host, int port, String setting) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return "";
    } catch (IOException e) {
      return ("can't listen on %s port %d: %s; end what listens there (ss -ltnp 'sport = :%d'),"
              + " or set %s to another port, or to 0 for a free one")
          .formatted(host, port, e.getMessage(), port, setting);
    }
  }
}
