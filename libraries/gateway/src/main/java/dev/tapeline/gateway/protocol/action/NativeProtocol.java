package dev.tapeline.gateway.protocol.action;

import dev.tapeline.gateway.hub.Session;
import dev.tapeline.gateway.protocol.Conversation;
import dev.tapeline.gateway.protocol.Entitlement;
import dev.tapeline.gateway.protocol.Opening;
import dev.tapeline.gateway.protocol.Protocol;

/**
 * The native protocol: JSON text frames with an {@code action}, and the older {@code type} form. It
 * has no path of its own: others pass to it what is for it.
 */
public final class NativeProtocol implements Protocol {

  @Override
  public String name() {
    return "native";
  }

  @Override
  public boolean serves(String path) {
    return false;
  }

  @Override
  public boolean authenticates() {
    return true;
  }

  @Override
  public Conversation begin(Session session, Opening opening, Entitlement entitlement) {
    return new NativeConversation(session, entitlement);
  }
}
