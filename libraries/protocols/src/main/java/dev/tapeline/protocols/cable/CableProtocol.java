package dev.tapeline.protocols.cable;

import dev.tapeline.protocols.spi.Conversation;
import dev.tapeline.protocols.spi.ConversationContext;
import dev.tapeline.protocols.spi.Opening;
import dev.tapeline.protocols.spi.Protocol;
import java.util.Optional;

/** Action Cable on {@code /cable}, the path that Rails uses. */
public final class CableProtocol implements Protocol {

  private final CableMapping mapping;
  private final Spellings spellings = new Spellings();

  public CableProtocol(CableMapping mapping) {
    this.mapping = mapping;
  }

  @Override
  public String name() {
    return "actioncable";
  }

  @Override
  public boolean serves(String path) {
    return path.equals("/cable");
  }

  @Override
  public Optional<String> subprotocol() {
    return Optional.of("actioncable-v1-json");
  }

  @Override
  public Conversation newConversation(ConversationContext context, Opening opening) {
    return new CableConversation(context, mapping, spellings);
  }
}
