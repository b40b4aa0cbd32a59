package dev.tapeline.gateway.listen;

import dev.tapeline.protocols.action.NativeProtocol;
import dev.tapeline.protocols.cable.CableProtocol;
import dev.tapeline.protocols.centrifugo.CentrifugoProtocol;
import dev.tapeline.protocols.events.EventProtocol;
import dev.tapeline.protocols.exchange.BinanceStyle;
import dev.tapeline.protocols.exchange.ChosenByMessage;
import dev.tapeline.protocols.spi.Protocol;
import dev.tapeline.protocols.ticks.TickStream;
import java.util.ArrayList;
import java.util.List;

/** The protocols that the gateway speaks. */
final class Protocols {

  private Protocols() {}

  /**
   * All protocols, those of the embedding program first. The first one that serves a path gets it.
   */
  static List<Protocol> of(GatewayConfig config) {
    NativeProtocol byAction = new NativeProtocol();
    List<Protocol> all = new ArrayList<>(config.protocols());
    all.addAll(builtIn(byAction, config));
    return List.copyOf(all);
  }

  private static List<Protocol> builtIn(NativeProtocol byAction, GatewayConfig config) {
    List<Protocol> all = new ArrayList<>();
    all.add(ChosenByMessage.forFrontEnds(byAction));
    all.add(ChosenByMessage.forBinance(byAction));
    all.add(new EventProtocol(byAction));
    config.tickChannel().map(TickStream::new).ifPresent(all::add);
    all.add(new BinanceStyle());
    all.add(new CableProtocol(config.cable()));
    all.add(new CentrifugoProtocol(config.pingInterval()));
    return all;
  }
}
