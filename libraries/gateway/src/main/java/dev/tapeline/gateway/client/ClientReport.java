package dev.tapeline.gateway.client;

import dev.tapeline.access.policy.Identity;
import dev.tapeline.core.admin.ConnectionReport;
import dev.tapeline.hub.lane.Session;
import dev.tapeline.protocols.spi.Conversation;
import dev.tapeline.protocols.spi.Entitlement;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.Optional;

/** Writes the report of one client for administrators. */
final class ClientReport {

  private ClientReport() {}

  /**
   * Writes the report, on the client's lane.
   *
   * @param messages how many messages the client has sent
   */
  static ConnectionReport of(
      ClientOrigin origin,
      Session session,
      Conversation conversation,
      Entitlement entitlement,
      long messages) {
    Optional<Identity> identity = entitlement.identity();
    ChannelOutboundBuffer pending = session.channel().unsafe().outboundBuffer();
    return new ConnectionReport(
        origin.id(),
        identity.map(Identity::subject).orElse(null),
        identity.map(Identity::role).orElse(null),
        origin.address().getHostAddress(),
        conversation.protocol().orElse(origin.protocol().name()),
        origin.path(),
        origin.agent(),
        origin.openedMillis(),
        session.tier().text(),
        session.isBlocked(),
        pending == null ? 0 : pending.totalPendingWriteBytes(),
        session.framesWritten(),
        messages,
        session.missing(),
        session.channels(),
        session.reports());
  }
}
