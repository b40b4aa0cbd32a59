package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.core.Channel;
import dev.tapeline.core.Selector;
import dev.tapeline.gateway.GatewayConfig;
import dev.tapeline.gateway.listen.accept.ConnectionLimits;
import dev.tapeline.gateway.listen.accept.ListenerConfig;
import dev.tapeline.gateway.listen.accept.Transport;
import dev.tapeline.gateway.listen.http.HttpRules;
import dev.tapeline.gateway.listen.open.ClientRules;
import dev.tapeline.gateway.listen.route.Protocols;
import dev.tapeline.hub.topic.HubLimitsBuilder;
import dev.tapeline.plant.channels.ChannelRules;
import dev.tapeline.protocols.cable.CableMapping;
import dev.tapeline.protocols.spi.ClientLimits;
import dev.tapeline.server.settings.Settings;
import dev.tapeline.server.settings.part.BuiltInChannels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
                "MAX_CONNECTIONS", "" + embedded.connections().max(),
                "TAPELINE_RING_BYTES", "" + embedded.hub().ringBytes(),
                "TAPELINE_RINGS_TOTAL_BYTES", "" + embedded.hub().ringsTotalBytes()));
    assertEquals(
        GatewayConfig.builder()
            .authenticator(served.authenticator())
            .restSocket(SOCKET)
            .kinds(ChannelRules.KINDS)
            .names(ChannelRules.CHECK)
            .hub(
                it -> it.urgent(List.of(Selector.parse("alerts:*"), Selector.parse("positions:*"))))
            .protocols(it ->
                it.withTickChannel(Channel.of("market:tick")).withCable(BuiltInChannels.CABLE))
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
        new GatewayConfig(
            new ListenerConfig(List.of(1, 2), "127.0.0.1", Transport.NIO, 3, null),
            new ConnectionLimits(4, 5, 6, 7),
            new HttpRules(
                List.of("https://a"),
                List.of("a"),
                List.of("10.0.0.0/8"),
                17,
                Duration.ofSeconds(18)),
            new ClientRules(new ClientLimits(9, 10), 13, 14, 15, false, Duration.ofSeconds(19)),
            new HubLimitsBuilder()
                .maxChannels(8)
                .maxPatternChannels(11)
                .maxPatterns(12)
                .maxPayloadBytes(16)
                .ringBytes(20)
                .ringsTotalBytes(21)
                .slowStep(Duration.ofSeconds(22))
                .urgent(List.of(Selector.parse("a")))
                .build(),
            ChannelRules.KINDS,
            ChannelRules.CHECK,
            new Protocols(List.of(), Channel.of("market:tick"), CableMapping.parse("A=a")),
            served.authenticator(),
            SOCKET),
        served);
  }

  private static GatewayConfig config(Map<String, String> environment) {
    Settings settings = Settings.load(environment, Map.of());
    return GatewayWiring.config(settings, null, SOCKET);
  }
}
