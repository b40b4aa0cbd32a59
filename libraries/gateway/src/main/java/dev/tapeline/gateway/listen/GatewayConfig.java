package dev.tapeline.gateway.listen;

import dev.tapeline.access.Authenticator;
import dev.tapeline.access.policy.PersonalChannels;
import dev.tapeline.core.Channel;
import dev.tapeline.core.KindRules;
import dev.tapeline.core.Selector;
import dev.tapeline.hub.topic.Hub;
import dev.tapeline.protocols.cable.CableMapping;
import dev.tapeline.protocols.spi.Protocol;
import dev.tapeline.tls.LiveCertificate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The configuration of the gateway: where it listens, and what it allows.
 *
 * @param ports where it listens; 0 takes a free one
 * @param bindHost the address that it listens on
 * @param lanes event loops that own connections
 * @param maxConnections connections of all clients together
 * @param maxConnectionsPerAddress connections of one address
 * @param connectRate new WebSockets a second that are admitted, after two seconds' at once
 * @param connectRatePerAddress new connections a second of one address, likewise
 * @param maxChannels channels whose rings are kept
 * @param maxChannelsPerClient channels and patterns that one client may subscribe to
 * @param maxWildcards patterns among them
 * @param maxPatternChannelsPerClient channels that all patterns of one client may match together
 * @param maxPatterns distinct patterns of all clients
 * @param maxRecoveries requests that may wait for the logs of durable channels at the same time
 * @param ratePerSecond messages a second that one client may send
 * @param rateBurst how many at once
 * @param allowedOrigins pages that may connect, as {@code https://host[:port]}; empty for any
 * @param allowedHosts names in the {@code Host} header that are answered; empty for any
 * @param trustedProxies addresses or networks that are trusted to name a client's address
 * @param maxMessageBytes the largest message that a client may send
 * @param maxPayloadBytes the largest publication that is forwarded
 * @param maxHeaderBytes the largest head of an HTTP request
 * @param handshakeTimeout from the connection to the end of the first request's head, and from the
 *     first byte of each later head to its last
 * @param pingInterval between pings to a silent client; after two and a half without a sign of life
 *     it is closed
 * @param ringBytes bytes of a channel's frames that are kept for clients behind, in each encoding
 * @param ringsTotalBytes bytes of frames of all channels together
 * @param slowStep how long a client does not keep up before it is set back one step
 * @param priorityChannels channels whose publications go before all others, and are neither merged
 *     nor dropped
 * @param compression whether clients that offer permessage-deflate get it
 * @param protocols the embedding program's own, which go before the built-in ones
 * @param tickChannel the channel that {@code /stream/ticks} sends; empty if there is no such path
 * @param cable maps Action Cable's channel classes to channels
 * @param authenticator checks the credentials of clients
 * @param tls the TLS of all ports; empty for plain ones
 * @param restSocket the REST server's socket, to which all other requests are relayed
 */
public record GatewayConfig(
    List<Integer> ports,
    String bindHost,
    Transport transport,
    int lanes,
    int maxConnections,
    int maxConnectionsPerAddress,
    int connectRate,
    int connectRatePerAddress,
    int maxChannels,
    int maxChannelsPerClient,
    int maxWildcards,
    int maxPatternChannelsPerClient,
    int maxPatterns,
    int maxRecoveries,
    int ratePerSecond,
    int rateBurst,
    List<String> allowedOrigins,
    List<String> allowedHosts,
    List<String> trustedProxies,
    int maxMessageBytes,
    int maxPayloadBytes,
    int maxHeaderBytes,
    Duration handshakeTimeout,
    Duration pingInterval,
    int ringBytes,
    long ringsTotalBytes,
    KindRules kinds,
    Duration slowStep,
    List<Selector> priorityChannels,
    boolean compression,
    List<Protocol> protocols,
    Optional<Channel> tickChannel,
    CableMapping cable,
    Authenticator authenticator,
    Optional<LiveCertificate> tls,
    Optional<Path> restSocket) {

  public GatewayConfig {
    ports = List.copyOf(ports);
    priorityChannels = List.copyOf(priorityChannels);
    protocols = List.copyOf(protocols);
    allowedOrigins = List.copyOf(allowedOrigins);
    allowedHosts = List.copyOf(allowedHosts);
    trustedProxies = List.copyOf(trustedProxies);
  }

  /** The limits of the hub. */
  public Hub.Limits hubLimits() {
    return new Hub.Limits(
        maxChannels,
        maxPatternChannelsPerClient,
        maxPatterns,
        maxRecoveries,
        ringBytes,
        ringsTotalBytes,
        maxPayloadBytes,
        slowStep.toNanos(),
        priorityChannels);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Starts from the defaults. */
  public static final class Builder {

    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;

    private List<Integer> ports = List.of(8080, 8889);
    private String bindHost = "0.0.0.0";
    private Transport transport = Transport.AUTO;
    private int lanes = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    private int maxConnections = 50_000;
    private int maxConnectionsPerAddress = 1000;
    private int connectRate = 1000;
    private int connectRatePerAddress = 500;
    private int maxChannels = 100_000;
    private int maxChannelsPerClient = 50;
    private int maxWildcards = 5;
    private int maxPatternChannelsPerClient = 10_000;
    private int maxPatterns = 1_000;
    private int maxRecoveries = 10_000;
    private int ratePerSecond = 20;
    private int rateBurst = 70;
    private List<String> allowedOrigins = List.of();
    private List<String> allowedHosts = List.of();
    private List<String> trustedProxies = List.of();
    private int maxMessageBytes = 128 * KIB;
    private int maxPayloadBytes = MIB;
    private int maxHeaderBytes = 16 * KIB;
    private Duration handshakeTimeout = Duration.ofSeconds(10);
    private Duration pingInterval = Duration.ofSeconds(25);
    private int ringBytes = 4 * MIB;
    private long ringsTotalBytes = 256L * MIB;
    private KindRules kinds = KindRules.NONE;
    private Duration slowStep = Duration.ofSeconds(5);
    private List<Selector> priorityChannels = List.of();
    private boolean compression = true;
    private List<Protocol> protocols = List.of();
    private Optional<Channel> tickChannel = Optional.empty();
    private CableMapping cable = CableMapping.EMPTY;
    private Authenticator authenticator = Authenticator.open(PersonalChannels.NONE);
    private Optional<LiveCertificate> tls = Optional.empty();
    private Optional<Path> restSocket = Optional.empty();

    private Builder() {}

    public Builder ports(List<Integer> value) {
      ports = value;
      return this;
    }

    public Builder bindHost(String value) {
      bindHost = value;
      return this;
    }

    public Builder transport(Transport value) {
      transport = value;
      return this;
    }

    public Builder lanes(int value) {
      lanes = value;
      return this;
    }

    public Builder maxConnections(int value) {
      maxConnections = value;
      return this;
    }

    public Builder maxConnectionsPerAddress(int value) {
      maxConnectionsPerAddress = value;
      return this;
    }

    public Builder connectRate(int value) {
      connectRate = value;
      return this;
    }

    public Builder connectRatePerAddress(int value) {
      connectRatePerAddress = value;
      return this;
    }

    public Builder maxChannels(int value) {
      maxChannels = value;
      return this;
    }

    public Builder maxChannelsPerClient(int value) {
      maxChannelsPerClient = value;
      return this;
    }

    public Builder maxWildcards(int value) {
      maxWildcards = value;
      return this;
    }

    public Builder maxPatternChannelsPerClient(int value) {
      maxPatternChannelsPerClient = value;
      return this;
    }

    public Builder maxPatterns(int value) {
      maxPatterns = value;
      return this;
    }

    public Builder maxRecoveries(int value) {
      maxRecoveries = value;
      return this;
    }

    public Builder ratePerSecond(int value) {
      ratePerSecond = value;
      return this;
    }

    public Builder rateBurst(int value) {
      rateBurst = value;
      return this;
    }

    public Builder allowedOrigins(List<String> value) {
      allowedOrigins = value;
      return this;
    }

    public Builder allowedHosts(List<String> value) {
      allowedHosts = value;
      return this;
    }

    public Builder trustedProxies(List<String> value) {
      trustedProxies = value;
      return this;
    }

    public Builder maxMessageBytes(int value) {
      maxMessageBytes = value;
      return this;
    }

    public Builder maxPayloadBytes(int value) {
      maxPayloadBytes = value;
      return this;
    }

    public Builder maxHeaderBytes(int value) {
      maxHeaderBytes = value;
      return this;
    }

    public Builder handshakeTimeout(Duration value) {
      handshakeTimeout = value;
      return this;
    }

    public Builder pingInterval(Duration value) {
      pingInterval = value;
      return this;
    }

    public Builder ringBytes(int value) {
      ringBytes = value;
      return this;
    }

    public Builder ringsTotalBytes(long value) {
      ringsTotalBytes = value;
      return this;
    }

    public Builder kinds(KindRules value) {
      kinds = value;
      return this;
    }

    public Builder slowStep(Duration value) {
      slowStep = value;
      return this;
    }

    public Builder priorityChannels(List<Selector> value) {
      priorityChannels = value;
      return this;
    }

    public Builder protocols(List<Protocol> value) {
      protocols = value;
      return this;
    }

    public Builder compression(boolean value) {
      compression = value;
      return this;
    }

    public Builder tickChannel(Channel value) {
      tickChannel = Optional.of(value);
      return this;
    }

    public Builder cable(CableMapping value) {
      cable = value;
      return this;
    }

    public Builder authenticator(Authenticator value) {
      authenticator = value;
      return this;
    }

    public Builder tls(Optional<LiveCertificate> value) {
      tls = value;
      return this;
    }

    public Builder restSocket(Optional<Path> value) {
      restSocket = value;
      return this;
    }

    public GatewayConfig build() {
      return new GatewayConfig(
          ports,
          bindHost,
          transport,
          lanes,
          maxConnections,
          maxConnectionsPerAddress,
          connectRate,
          connectRatePerAddress,
          maxChannels,
          maxChannelsPerClient,
          maxWildcards,
          maxPatternChannelsPerClient,
          maxPatterns,
          maxRecoveries,
          ratePerSecond,
          rateBurst,
          allowedOrigins,
          allowedHosts,
          trustedProxies,
          maxMessageBytes,
          maxPayloadBytes,
          maxHeaderBytes,
          handshakeTimeout,
          pingInterval,
          ringBytes,
          ringsTotalBytes,
          kinds,
          slowStep,
          priorityChannels,
          compression,
          protocols,
          tickChannel,
          cable,
          authenticator,
          tls,
          restSocket);
    }
  }
}
