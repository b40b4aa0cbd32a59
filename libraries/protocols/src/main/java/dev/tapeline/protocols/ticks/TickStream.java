package dev.tapeline.protocols.ticks;

import dev.tapeline.core.Channel;
import dev.tapeline.hub.frame.Options;
import dev.tapeline.hub.request.SubscribeCall;
import dev.tapeline.hub.request.SubscriptionRequest;
import dev.tapeline.protocols.spi.Conversation;
import dev.tapeline.protocols.spi.ConversationContext;
import dev.tapeline.protocols.spi.Opening;
import dev.tapeline.protocols.spi.Protocol;
import dev.tapeline.protocols.spi.RawEnvelope;
import java.util.List;

/**
 * The protocol that sends every tick from the start of the connection on, without a subscription.
 * Each message is the JSON of one tick. Messages from the client are ignored, and a client that may
 * not read the ticks gets nothing.
 */
public final class TickStream implements Protocol {

  private final Channel channel;

  /**
   * @param channel the channel that carries the ticks of all instruments
   */
  public TickStream(Channel channel) {
    this.channel = channel;
  }

  @Override
  public String name() {
    return "ticks";
  }

  @Override
  public boolean serves(String path) {
    return path.equals("/stream/ticks");
  }

  @Override
  public Conversation newConversation(ConversationContext context, Opening opening) {
    return new Silence(context, channel);
  }

  /** A conversation that sends publications and ignores the client. */
  private record Silence(ConversationContext context, Channel channel) implements Conversation {

    @Override
    public void begin(Opening opening) {
      SubscriptionRequest ticks =
          new SubscriptionRequest(channel, Options.all(false, RawEnvelope.INSTANCE));
      context
          .entitlement()
          .admitUntold(ticks)
          .ifPresent(
              request -> SubscribeCall.start(context.session(), List.of(request), granted -> {}));
    }

    @Override
    public boolean onText(String text) {
      return true;
    }
  }
}
