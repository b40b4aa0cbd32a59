package dev.tapeline.gateway.listen.route;

import dev.tapeline.core.Channel;
import dev.tapeline.protocols.action.NativeProtocol;
import dev.tapeline.protocols.cable.CableMapping;
import dev.tapeline.protocols.cable.CableProtocol;
import dev.tapeline.protocols.centrifugo.CentrifugoProtocol;
import dev.tapeline.protocols.events.EventProtocol;
import dev.tapeline.protocols.exchange.BinanceStyle;
import dev.tapeline.protocols.exchange.ChosenByMessage;
import dev.tapeline.protocols.spi.Protocol;
import dev.tapeline.protocols.ticks.TickStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The protocols that the gateway speaks.
 *
 * @param own the embedding program's own, which go before the built-in ones
 * @param tickChannel the channel that {@code /stream/ticks} sends; null if there is no such path
 * @param cable maps Action Cable's channel classes to channels
 */
public record Protocols(List<Protocol> own, @Nullable Channel tickChannel, CableMapping cable) {

  public static final Protocols DEFAULT = new Protocols(List.of(), null, CableMapping.EMPTY);

  public Protocols {
    own = List.copyOf(own);
  }

  public Protocols withOwn(List<Protocol> value) {
    return new Protocols(value, tickChannel, cable);
  }

  public Protocols withTickChannel(Channel value) {
    return new Protocols(own, value, cable);
  }

  public Protocols withCable(CableMapping value) {
    return new Protocols(own, tickChannel, value);
  }

  /**
   * All protocols, in the order in which they are asked. The first one that serves a path gets it.
   *
   * @param pingInterval what the protocols that tell it to their clients tell
   */
  public List<Protocol> all(Duration pingInterval) {
    NativeProtocol byAction = new NativeProtocol();
    List<Protocol> all = new ArrayList<>(own);
    all.add(ChosenByMessage.forFrontEnds(byAction));
    all.add(ChosenByMessage.forBinance(byAction));
    all.add(new EventProtocol(byAction));
    if (tickChannel != null) {
      all.add(new TickStream(tickChannel));
    }
    all.add(new BinanceStyle());
    all.add(new CableProtocol(cable));
    all.add(new CentrifugoProtocol(pingInterval));
    return List.copyOf(all);
  }
}
