package dev.tapeline.protocols.centrifugo;

import dev.tapeline.protocols.spi.Conversation;
import dev.tapeline.protocols.spi.ConversationContext;
import dev.tapeline.protocols.spi.Opening;
import dev.tapeline.protocols.spi.Protocol;
import java.time.Duration;

/**
 * Centrifugo's protocol: commands and replies by number, publications as pushes, recovery by epoch
 * and offset.
 */
public final class CentrifugoProtocol implements Protocol {

  private final Duration pingInterval;

  public CentrifugoProtocol(Duration pingInterval) {
    this.pingInterval = pingInterval;
  }

  @Override
  public String name() {
    return "centrifugo";
  }

  @Override
  public boolean serves(String path) {
    return path.equals("/connection/websocket");
  }

  @Override
  public boolean authenticates() {
    return true;
  }

  @Override
  public Conversation newConversation(ConversationContext context, Opening opening) {
    return new CentrifugoConversation(context, pingInterval);
  }
}
