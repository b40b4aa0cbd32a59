package dev.tapeline.gateway.protocol.cable;

import dev.tapeline.gateway.hub.Session;
import dev.tapeline.gateway.protocol.Conversation;
import dev.tapeline.gateway.protocol.Entitlement;
import dev.tapeline.gateway.protocol.Opening;
import dev.tapeline.gateway.protocol.Protocol;
import java.util.Optional;

/** Action Cable on {@code /cable}, where Rails has it too. */
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
  public Conversation begin(Session session, Opening opening, Entitlement entitlement) {
    CableConversation conversation =
        new CableConversation(session, entitlement, mapping, spellings);
    conversation.begin();
    return conversation;
  }
}
