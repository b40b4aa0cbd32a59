package dev.tapeline.server.settings;

import dev.tapeline.access.address.Network;
import dev.tapeline.server.settings.declaration.DefaultValue;
import dev.tapeline.server.settings.declaration.Memory;
import dev.tapeline.server.settings.declaration.Range;
import dev.tapeline.server.settings.declaration.Setting;
import dev.tapeline.server.settings.declaration.SettingKind;
import dev.tapeline.server.settings.declaration.Values;
import java.time.Duration;
import java.util.List;

/**
 * The limits on clients of the gateway.
 *
 * @param connectRate new WebSockets a second, after a burst of twice as many
 * @param connectRatePerAddress new connections a second from one address, after a burst of twice as
 *     many
 * @param channels channels on this node that have a ring; the one idle for longest is evicted
 * @param patternChannelsPerClient channels that all patterns of one client may match together
 * @param patterns distinct patterns of all clients
 * @param ratePerSecond messages that one client may send, after a burst
 * @param messageBytes the longest message from a client
 * @param payloadBytes the longest publication that is forwarded
 * @param headerBytes the longest request line with headers
 * @param allowedOrigins origins whose pages may connect; empty for any
 * @param allowedHosts names in the {@code Host} header that are answered; empty for any
 * @param trustedProxies proxies that may name the client's address
 */
public record Limits(
    int connections,
    int connectionsPerAddress,
    int connectRate,
    int connectRatePerAddress,
    int channels,
    int channelsPerClient,
    int wildcardsPerClient,
    int patternChannelsPerClient,
    int patterns,
    int ratePerSecond,
    int rateBurst,
    int messageBytes,
    int payloadBytes,
    int headerBytes,
    Duration handshakeTimeout,
    Duration pingInterval,
    List<String> allowedOrigins,
    List<String> allowedHosts,
    List<String> trustedProxies) {

  static final Setting<Integer> CHANNELS_PER_CLIENT =
      Setting.count(
          "MAX_CHANNELS_PER_CLIENT", 50, 1, 100_000, "channels and patterns of one client");
  static final Setting<Integer> WILDCARDS_PER_CLIENT =
      Setting.count(
          "MAX_WILDCARD_SUBSCRIPTIONS",
          5,
          1,
          1_000,
          "patterns of one client. They also count for `MAX_CHANNELS_PER_CLIENT`");
  static final Setting<Integer> PATTERN_CHANNELS_PER_CLIENT =
      Setting.count(
          "MAX_PATTERN_CHANNELS_PER_CLIENT",
          10_000,
          1,
          10_000_000,
          "channels that all patterns of one client may match together. The client is told when"
              + " there are more");
  static final Setting<Integer> PATTERNS =
      Setting.count(
          "MAX_PATTERNS",
          1_000,
          1,
          100_000,
          "different patterns of all clients of this node. A pattern that is in use already is"
              + " free");

  static final Setting<Integer> CONNECTIONS =
      new Setting<>(
          "MAX_CONNECTIONS",
          SettingKind.NUMBER,
          new DefaultValue.OfMemory<>(
              Memory.Share.ofHeap(4 * Memory.CONNECTION_BYTES, 50_000), Math::toIntExact),
          Range.counts(1, 10_000_000),
          "connections of all clients together");
  static final Setting<Integer> CONNECTIONS_PER_ADDRESS =
      Setting.count(
          "MAX_CONNECTIONS_PER_IP",
          1_000,
          1,
          10_000_000,
          "connections from one address, or from one /64 network of IPv6");
  static final Setting<Integer> CONNECT_RATE =
      Setting.count(
          "TAPELINE_CONNECT_RATE_PER_SECOND",
          1_000,
          1,
          1_000_000,
          "new WebSockets a second, after a burst of twice as many");
  static final Setting<Integer> CONNECT_RATE_PER_ADDRESS =
      Setting.count(
          "TAPELINE_CONNECT_RATE_PER_IP",
          500,
          1,
          1_000_000,
          "new connections a second from one address, after a burst of twice as many. Those of"
              + " trusted proxies are not counted");
  static final Setting<Integer> CHANNELS =
      Setting.count(
          "MAX_CHANNELS",
          100_000,
          1,
          10_000_000,
          "channels on this node that have a ring. Beyond it the one idle for longest is evicted");

  static final Setting<Integer> RATE_PER_SECOND =
      Setting.count(
          "RATE_LIMIT_PER_SECOND",
          20,
          1,
          1_000_000,
          "messages a second from one client. Each command in a Centrifugo frame counts");
  static final Setting<Integer> RATE_BURST =
      Setting.count(
          "TAPELINE_RATE_LIMIT_BURST",
          70,
          1,
          1_000_000,
          "messages that one client may send at once");
  static final Setting<Integer> MESSAGE_BYTES =
      Setting.size(
          "TAPELINE_MAX_MESSAGE_BYTES",
          128 << 10,
          1,
          16 << 20,
          "longest message from a client. A client that may publish may add one publication"
              + " to it");
  static final Setting<Integer> PAYLOAD_BYTES =
      Setting.size(
          "TAPELINE_MAX_PAYLOAD_BYTES",
          1 << 20,
          1,
          64 << 20,
          "longest publication that is forwarded");
  static final Setting<Integer> HEADER_BYTES =
      Setting.size(
          "TAPELINE_MAX_HEADER_BYTES", 16 << 10, 1, 1 << 20, "longest head of an HTTP request");
  static final Setting<Duration> HANDSHAKE_TIMEOUT =
      Setting.duration(
          "TAPELINE_HANDSHAKE_TIMEOUT",
          Duration.ofSeconds(10),
          "time from the connection to the end of the first request, and for the head of each"
              + " later one. Also how long a body may stand still");
  static final Setting<Duration> PING_INTERVAL =
      Setting.duration(
          "TAPELINE_PING_INTERVAL",
          Duration.ofSeconds(25),
          "time between two pings to a silent client");

  static final Setting<List<String>> ALLOWED_ORIGINS =
      Setting.list(
          "ALLOWED_ORIGINS",
          "any",
          Range.lists("origins such as https://example.com, by comma", Limits::origin),
          "origins whose pages may open WebSockets and streams, and call `/api`");
  static final Setting<List<String>> ALLOWED_HOSTS =
      Setting.list(
          "TAPELINE_ALLOWED_HOSTS",
          "any",
          Range.lists("host names or addresses, IPv6 in brackets, by comma", Limits::host),
          "hosts that requests may name, without ports. Requests to other hosts get 421");
  static final Setting<List<String>> TRUSTED_PROXIES =
      Setting.list(
          "TRUSTED_PROXIES",
          "none",
          Range.lists("addresses or networks such as 10.0.0.0/8, by comma", Limits::network),
          "proxies whose `X-Forwarded-For`, `Forwarded` or PROXY header is believed");

  public Limits {
    allowedOrigins = List.copyOf(allowedOrigins);
    allowedHosts = List.copyOf(allowedHosts);
    trustedProxies = List.copyOf(trustedProxies);
  }

  static Limits from(Values values) {
    return new Limits(
        values.get(CONNECTIONS),
        values.get(CONNECTIONS_PER_ADDRESS),
        values.get(CONNECT_RATE),
        values.get(CONNECT_RATE_PER_ADDRESS),
        values.get(CHANNELS),
        values.get(CHANNELS_PER_CLIENT),
        values.get(WILDCARDS_PER_CLIENT),
        values.get(PATTERN_CHANNELS_PER_CLIENT),
        values.get(PATTERNS),
        values.get(RATE_PER_SECOND),
        values.get(RATE_BURST),
        values.get(MESSAGE_BYTES),
        values.get(PAYLOAD_BYTES),
        values.get(HEADER_BYTES),
        values.get(HANDSHAKE_TIMEOUT),
        values.get(PING_INTERVAL),
        values.get(ALLOWED_ORIGINS),
        values.get(ALLOWED_HOSTS),
        values.get(TRUSTED_PROXIES));
  }

  private static String host(String text) {
    if (!text.matches("\\[[0-9A-Fa-f:.]+]|[0-9A-Za-z._-]+")) {
      throw new IllegalArgumentException("'" + text + "' is none; leave out scheme and port");
    }
    return text;
  }

  private static String origin(String text) {
    if (!text.matches("(\\*|null|[a-z][a-z0-9+.-]*://[^/\\s]+)")) {
      throw new IllegalArgumentException("'" + text + "' is none");
    }
    return text;
  }

  private static String network(String text) {
    Network.parse(text);
    return text;
  }
}
