package dev.tapeline.protocols.events;

import dev.tapeline.protocols.spi.Conversation;
import dev.tapeline.protocols.spi.ConversationContext;
import dev.tapeline.protocols.spi.Opening;
import dev.tapeline.protocols.spi.Protocol;

/**
 * Server-sent events, as browsers' {@code EventSource} reads them. The request's query is the
 * subscription, the events' data are the native protocol's messages, and {@code id} is a position
 * that the client shows when it reconnects.
 */
public final class EventProtocol implements Protocol {

  private final Protocol messages;

  /**
   * @param messages the protocol whose messages are the events' data
   */
  public EventProtocol(Protocol messages) {
    this.messages = messages;
  }

  @Override
  public String name() {
    return "server-sent events";
  }

  @Override
  public boolean serves(String path) {
    return path.equals("/sse");
  }

  @Override
  public boolean streamsEvents() {
    return true;
  }

  @Override
  public boolean understands(Opening opening) {
    return !EventRequest.channels(opening).isEmpty();
  }

  @Override
  public Conversation newConversation(ConversationContext context, Opening opening) {
    return new EventConversation(context.session(), messages.newConversation(context, opening));
  }
}
