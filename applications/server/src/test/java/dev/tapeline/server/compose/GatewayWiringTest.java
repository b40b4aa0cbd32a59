package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.core.Channel;
import dev.tapeline.core.Selector;
import dev.tapeline.gateway.listen.GatewayConfig;
import dev.tapeline.gateway.listen.Transport;
import dev.tapeline.plant.channels.ChannelRules;
import dev.tapeline.protocols.cable.CableMapping;
import dev.tapeline.server.settings.Settings;
import dev.tapeline.server.settings.part.BuiltInChannels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GatewayWiringTest {

  private static final Path SOCKET = Path.of("rest.socket");

  /** Budgets that depend on the memory are given here; MemoryChecksTest tests them. */
  @Test
  void defaultsAreThoseOfAnEmbeddedGateway() {
    GatewayConfig embedded = GatewayConfig.builder().build();
    GatewayConfig served =
        config(
            Map.of(
                "MAX_CONNECTIONS", "" + embedded.maxConnections(),
                "TAPELINE_RING_BYTES", "" + embedded.ringBytes(),
                "TAPELINE_RINGS_TOTAL_BYTES", "" + embedded.ringsTotalBytes()));
    assertEquals(
        GatewayConfig.builder()
            .authenticator(served.authenticator())
            .restSocket(Optional.of(SOCKET))
            .kinds(ChannelRules.KINDS)
            .priorityChannels(List.of(Selector.parse("alerts:*"), Selector.parse("positions:*")))
            .tickChannel(Channel.of("market:tick"))
            .cable(BuiltInChannels.CABLE)
            .build(),
        served);
  }

  @Test
  void eachSettingReachesItsPlace() {
    Map<String, String> given = new HashMap<>();
    given.putAll(
        Map.of(
            "TAPELINE_API_PORT", "1",
            "REDIS_WS_GATEWAY_PORT", "2",
            "TAPELINE_BIND_HOST", "127.0.0.1",
            "TAPELINE_TRANSPORT", "nio",
            "TAPELINE_LANES", "3",
            "MAX_CONNECTIONS", "4",
            "MAX_CONNECTIONS_PER_IP", "5",
            "TAPELINE_CONNECT_RATE_PER_SECOND", "6",
            "TAPELINE_CONNECT_RATE_PER_IP", "7",
            "MAX_CHANNELS", "8"));
    given.putAll(
        Map.of(
            "MAX_CHANNELS_PER_CLIENT", "9",
            "MAX_WILDCARD_SUBSCRIPTIONS", "10",
            "MAX_PATTERN_CHANNELS_PER_CLIENT", "11",
            "MAX_PATTERNS", "12",
            "RATE_LIMIT_PER_SECOND", "13",
            "TAPELINE_RATE_LIMIT_BURST", "14",
            "TAPELINE_MAX_MESSAGE_BYTES", "15",
            "TAPELINE_MAX_PAYLOAD_BYTES", "16",
            "TAPELINE_MAX_HEADER_BYTES", "17",
            "TAPELINE_HANDSHAKE_TIMEOUT", "18s"));
    given.putAll(
        Map.of(
            "TAPELINE_PING_INTERVAL", "19s",
            "TAPELINE_RING_BYTES", "20",
            "TAPELINE_RINGS_TOTAL_BYTES", "21",
            "TAPELINE_SLOW_STEP", "22s",
            "PRIORITY_CHANNELS", "a",
            "TAPELINE_COMPRESSION", "false",
            "TAPELINE_CABLE_CHANNELS", "A=a",
            "ALLOWED_ORIGINS", "https://a",
            "TAPELINE_ALLOWED_HOSTS", "a",
            "TRUSTED_PROXIES", "10.0.0.0/8"));
    GatewayConfig served = config(given);
    assertEquals(
        GatewayConfig.builder()
            .ports(List.of(1, 2))
            .bindHost("127.0.0.1")
            .transport(Transport.NIO)
            .lanes(3)
            .maxConnections(4)
            .maxConnectionsPerAddress(5)
            .connectRate(6)
            .connectRatePerAddress(7)
            .maxChannels(8)
            .maxChannelsPerClient(9)
            .maxWildcards(10)
            .maxPatternChannelsPerClient(11)
            .maxPatterns(12)
            .ratePerSecond(13)
            .rateBurst(14)
            .maxMessageBytes(15)
            .maxPayloadBytes(16)
            .maxHeaderBytes(17)
            .handshakeTimeout(Duration.ofSeconds(18))
            .pingInterval(Duration.ofSeconds(19))
            .ringBytes(20)
            .ringsTotalBytes(21)
            .kinds(ChannelRules.KINDS)
            .slowStep(Duration.ofSeconds(22))
            .priorityChannels(List.of(Selector.parse("a")))
            .compression(false)
            .tickChannel(Channel.of("market:tick"))
            .cable(CableMapping.parse("A=a"))
            .allowedOrigins(List.of("https://a"))
            .allowedHosts(List.of("a"))
            .trustedProxies(List.of("10.0.0.0/8"))
            .authenticator(served.authenticator())
            .restSocket(Optional.of(SOCKET))
            .build(),
        served);
  }

  private static GatewayConfig config(Map<String, String> environment) {
    Settings settings = Settings.load(Optional.empty(), environment, Map.of());
    return GatewayWiring.config(settings, Optional.empty(), SOCKET);
  }
}
