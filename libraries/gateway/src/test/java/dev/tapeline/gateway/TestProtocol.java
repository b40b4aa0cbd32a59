package dev.tapeline.gateway;

import dev.tapeline.protocols.spi.Conversation;
import dev.tapeline.protocols.spi.ConversationContext;
import dev.tapeline.protocols.spi.Opening;
import dev.tapeline.protocols.spi.Protocol;
import java.util.function.Consumer;

/**
 * A protocol of an embedding program, at the path of its name, that does one thing with what it
 * gets, on the client's lane.
 */
record TestProtocol(String name, Consumer<String> onText) implements Protocol {

  @Override
  public boolean serves(String path) {
    return path.equals("/" + name);
  }

  @Override
  public Conversation newConversation(ConversationContext context, Opening opening) {
    return new Conversation() {
      @Override
      public boolean onText(String text) {
        onText.accept(text);
        return true;
      }
    };
  }
}
