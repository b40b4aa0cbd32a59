package dev.tapeline.gateway.protocol;

import dev.tapeline.gateway.hub.Session;

/**
 * The native protocol: JSON text frames with an {@code action}, and the older {@code type} form.
 */
public final class NativeProtocol implements Protocol {

  private final ClientLimits limits;
  private final Access access;

  public NativeProtocol(ClientLimits limits, Access access) {
    this.limits = limits;
    this.access = access;
  }

  @Override
  public Conversation begin(Session session) {
    return new NativeConversation(session, limits, access);
  }
}
