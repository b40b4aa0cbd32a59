package dev.tapeline.server.doctor;

import dev.tapeline.core.Finding;
import dev.tapeline.feed.net.Probe;
import dev.tapeline.feed.net.ProbeAnswer;
import dev.tapeline.feed.vendor.Address;
import java.net.URI;

/**
 * The check that the host of a vendor's sockets can be reached. It opens no socket, as that may be
 * one of few that an account has: any answer to a plain question will do.
 */
final class SocketHostCheck {

  private static final String SUBJECT = "sockets";

  private SocketHostCheck() {}

  /**
   * Asks it.
   *
   * @param socket an address of {@code ws} or {@code wss}
   */
  static Finding check(URI socket, Probe probe) {
    String scheme = "wss".equals(socket.getScheme()) ? "https" : "http";
    URI host = URI.create("%s://%s/".formatted(scheme, socket.getAuthority()));
    return switch (probe.get(Address.of(host))) {
      case ProbeAnswer.Answered _ -> Finding.ok(SUBJECT, host.getAuthority() + " answers");
      case ProbeAnswer.Failed failed ->
          Finding.warn(
              SUBJECT,
              "no answer from %s: %s".formatted(host.getAuthority(), failed.reason()),
              "see that this machine reaches it: DNS, a firewall, a proxy that lets no WebSockets"
                  + " pass");
    };
  }
}
