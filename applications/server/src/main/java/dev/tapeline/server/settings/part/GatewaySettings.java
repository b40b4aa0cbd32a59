package dev.tapeline.server.settings.part;

import dev.tapeline.core.KindRules;
import dev.tapeline.gateway.listen.accept.ConnectionLimits;
import dev.tapeline.gateway.listen.accept.ListenerConfig;
import dev.tapeline.gateway.listen.http.HttpRules;
import dev.tapeline.gateway.listen.open.ClientRules;
import dev.tapeline.hub.topic.Hub;
import dev.tapeline.protocols.cable.CableMapping;
import dev.tapeline.server.settings.declaration.Values;

/**
 * The parts of the gateway's configuration that settings decide. Each default stands in the part,
 * or in {@code plant.channels} where it names channels.
 *
 * @param listener what it listens on, without the certificate
 * @param kinds the user's rules, then the built-in ones
 * @param cable the channels that the classes of Action Cable stand for
 */
public record GatewaySettings(
    ListenerConfig listener,
    ConnectionLimits connections,
    HttpRules http,
    ClientRules clients,
    Hub.Limits hub,
    KindRules kinds,
    CableMapping cable) {

  public static GatewaySettings from(Values values) {
    return new GatewaySettings(
        ListenSettings.from(values),
        ConnectionSettings.from(values),
        HttpSettings.from(values),
        ClientSettings.from(values),
        HubSettings.from(values),
        values.get(ChannelSettings.KINDS),
        values.get(ChannelSettings.CABLE_CHANNELS));
  }

  /** The port of pages and REST, and the first one of the gateway; 0 for any free one. */
  public int apiPort() {
    return listener.ports().getFirst();
  }

  /** The second port of the gateway; 0 for any free one. */
  public int gatewayPort() {
    return listener.ports().getLast();
  }
}
