package dev.tapeline.protocols.ticks;

import dev.tapeline.core.Channel;
import dev.tapeline.hub.frame.Mode;
import dev.tapeline.hub.frame.Options;
import dev.tapeline.hub.lane.Session;
import dev.tapeline.hub.request.SubscribeCall;
import dev.tapeline.hub.request.SubscriptionRequest;
import dev.tapeline.protocols.spi.Conversation;
import dev.tapeline.protocols.spi.Entitlement;
import dev.tapeline.protocols.spi.Opening;
import dev.tapeline.protocols.spi.Protocol;
import dev.tapeline.protocols.spi.RawEnvelope;
import java.util.List;

/**
 * Every tick, from the moment of the connection on, without a subscription; each message is a
 * tick's JSON alone. What the client says is not looked at, and one that may not have the ticks
 * gets nothing.
 */
public final class TickStream implements Protocol {

  /** The channel that carries the ticks of all instruments. */
  private static final Channel TICKS = Channel.of("market:tick");

  @Override
  public String name() {
    return "ticks";
  }

  @Override
  public boolean serves(String path) {
    return path.equals("/stream/ticks");
  }

  @Override
  public Conversation begin(Session session, Opening opening, Entitlement entitlement) {
    SubscriptionRequest ticks =
        new SubscriptionRequest(TICKS, new Options(Mode.ALL, 0, false, RawEnvelope.INSTANCE));
    entitlement
        .admitUntold(ticks)
        .ifPresent(request -> SubscribeCall.start(session, List.of(request), granted -> {}));
    return new Silence();
  }

  /** A conversation in which only the publications speak. */
  private static final class Silence implements Conversation {

    @Override
    public boolean onText(String text) {
      return true;
    }
  }
}
