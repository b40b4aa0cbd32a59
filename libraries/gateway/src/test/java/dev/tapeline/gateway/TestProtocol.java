package dev.tapeline.gateway;

import dev.tapeline.gateway.hub.Session;
import dev.tapeline.gateway.protocol.Conversation;
import dev.tapeline.gateway.protocol.Entitlement;
import dev.tapeline.gateway.protocol.Opening;
import dev.tapeline.gateway.protocol.Protocol;
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
  public Conversation begin(Session session, Opening opening, Entitlement entitlement) {
    return new Conversation() {
      @Override
      public boolean onText(String text) {
        onText.accept(text);
        return true;
      }
    };
  }
}
