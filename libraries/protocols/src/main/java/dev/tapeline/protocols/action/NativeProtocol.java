package dev.tapeline.protocols.action;

import dev.tapeline.protocols.spi.Conversation;
import dev.tapeline.protocols.spi.ConversationContext;
import dev.tapeline.protocols.spi.Opening;
import dev.tapeline.protocols.spi.Protocol;

/**
 * The native protocol: JSON text frames with an {@code action}, and the older {@code type} form. It
 * has no path of its own: other protocols hand their clients over to it.
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
  public Conversation newConversation(ConversationContext context, Opening opening) {
    return new NativeConversation(context);
  }
}
