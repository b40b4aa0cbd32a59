package dev.tapeline.gateway;

import dev.tapeline.access.Authenticator;
import dev.tapeline.access.policy.PersonalChannels;
import dev.tapeline.core.ChannelCheck;
import dev.tapeline.core.KindRules;
import dev.tapeline.gateway.listen.accept.ConnectionLimits;
import dev.tapeline.gateway.listen.accept.ListenerConfig;
import dev.tapeline.gateway.listen.http.HttpRules;
import dev.tapeline.gateway.listen.open.ClientRules;
import dev.tapeline.gateway.listen.route.Protocols;
import dev.tapeline.hub.topic.Hub;
import dev.tapeline.hub.topic.HubLimitsBuilder;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of the gateway: one part for each of its jobs. The defaults stand in the parts'
 * {@code DEFAULT} constants, and those of the hub's limits in {@link HubLimitsBuilder}; the
 * settings of the server take them from there.
 *
 * @param listener what it listens on
 * @param connections how many connections it takes, and how fast
 * @param http which requests it answers
 * @param clients what one client may do
 * @param hub what the hub may hold
 * @param kinds the kinds of channels
 * @param names tells which channels there can't be
 * @param protocols what clients may speak
 * @param authenticator checks the credentials of clients
 * @param restSocket the REST server's socket, to which all other requests are relayed; null if
 *     there is no REST server
 */
public record GatewayConfig(
    ListenerConfig listener,
    ConnectionLimits connections,
    HttpRules http,
    ClientRules clients,
    Hub.Limits hub,
    KindRules kinds,
    ChannelCheck names,
    Protocols protocols,
    Authenticator authenticator,
    @Nullable Path restSocket) {

  public static Builder builder() {
    return new Builder();
  }

  /** Starts from the defaults, and changes parts. */
  public static final class Builder {

    private ListenerConfig listener = ListenerConfig.DEFAULT;
    private ConnectionLimits connections = ConnectionLimits.DEFAULT;
    private HttpRules http = HttpRules.DEFAULT;
    private ClientRules clients = ClientRules.DEFAULT;
    private HubLimitsBuilder hub = new HubLimitsBuilder();
    private KindRules kinds = KindRules.NONE;
    private ChannelCheck names = ChannelCheck.NONE;
    private Protocols protocols = Protocols.DEFAULT;
    private Authenticator authenticator = Authenticator.open(PersonalChannels.NONE);
    private @Nullable Path restSocket;

    private Builder() {}

    public Builder listener(UnaryOperator<ListenerConfig> change) {
      listener = change.apply(listener);
      return this;
    }

    public Builder connections(UnaryOperator<ConnectionLimits> change) {
      connections = change.apply(connections);
      return this;
    }

    public Builder http(UnaryOperator<HttpRules> change) {
      http = change.apply(http);
      return this;
    }

    public Builder clients(UnaryOperator<ClientRules> change) {
      clients = change.apply(clients);
      return this;
    }

    public Builder hub(UnaryOperator<HubLimitsBuilder> change) {
      hub = change.apply(hub);
      return this;
    }

    public Builder kinds(KindRules value) {
      kinds = value;
      return this;
    }

    public Builder names(ChannelCheck value) {
      names = value;
      return this;
    }

    public Builder protocols(UnaryOperator<Protocols> change) {
      protocols = change.apply(protocols);
      return this;
    }

    public Builder authenticator(Authenticator value) {
      authenticator = value;
      return this;
    }

    public Builder restSocket(Path value) {
      restSocket = value;
      return this;
    }

    public GatewayConfig build() {
      return new GatewayConfig(
          listener,
          connections,
          http,
          clients,
          hub.build(),
          kinds,
          names,
          protocols,
          authenticator,
          restSocket);
    }
  }
}
