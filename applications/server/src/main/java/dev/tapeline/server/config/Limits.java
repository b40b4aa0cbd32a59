package dev.tapeline.server.config;

import java.time.Duration;
import java.util.List;

/**
 * What clients of the gateway may take of it.
 *
 * @param connectRate new WebSockets a second, after a burst of twice as many
 * @param connectRatePerAddress new connections a second of one address, likewise
 * @param channels rings on this node; the longest idle goes first
 * @param patternChannelsPerClient that all patterns of one client may match together
 * @param patterns distinct ones of all clients
 * @param ratePerSecond messages that one client may send, after a burst
 * @param messageBytes the longest message of a client
 * @param payloadBytes the longest publication that is forwarded
 * @param headerBytes the longest request line with headers
 * @param allowedOrigins pages that may connect; empty for any
 * @param allowedHosts names in the {@code Host} header that are answered; empty for any
 * @param trustedProxies whose word on the client's address counts
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

  static final int MOST_CONNECTIONS = 50_000;
  public static final int CONNECTIONS_PER_ADDRESS = 1_000;
  public static final int CONNECT_RATE = 1_000;
  public static final int CONNECT_RATE_PER_ADDRESS = 500;
  public static final int CHANNELS = 100_000;
  public static final int CHANNELS_PER_CLIENT = 50;
  public static final int WILDCARDS_PER_CLIENT = 5;
  public static final int PATTERN_CHANNELS_PER_CLIENT = 10_000;
  public static final int PATTERNS = 1_000;
  public static final int RATE_PER_SECOND = 20;
  public static final int RATE_BURST = 70;
  public static final int MESSAGE_BYTES = 128 << 10;
  public static final int PAYLOAD_BYTES = 1 << 20;
  public static final int HEADER_BYTES = 16 << 10;
  public static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);
  public static final Duration PING_INTERVAL = Duration.ofSeconds(25);

  public Limits {
    allowedOrigins = List.copyOf(allowedOrigins);
    allowedHosts = List.copyOf(allowedHosts);
    trustedProxies = List.copyOf(trustedProxies);
  }

  static Limits from(Values values, Memory memory) {
    return new Limits(
        values.integer(Catalog.MAX_CONNECTIONS, memory.connections(), 1, 10_000_000),
        values.integer(Catalog.MAX_CONNECTIONS_PER_IP, CONNECTIONS_PER_ADDRESS, 1, 10_000_000),
        values.integer(Catalog.CONNECT_RATE, CONNECT_RATE, 1, 1_000_000),
        values.integer(Catalog.CONNECT_RATE_PER_IP, CONNECT_RATE_PER_ADDRESS, 1, 1_000_000),
        values.integer(Catalog.MAX_CHANNELS, CHANNELS, 1, 10_000_000),
        values.integer(Catalog.MAX_CHANNELS_PER_CLIENT, CHANNELS_PER_CLIENT, 1, 100_000),
        values.integer(Catalog.MAX_WILDCARDS, WILDCARDS_PER_CLIENT, 1, 1_000),
        values.integer(Catalog.MAX_PATTERN_CHANNELS, PATTERN_CHANNELS_PER_CLIENT, 1, 10_000_000),
        values.integer(Catalog.MAX_PATTERNS, PATTERNS, 1, 100_000),
        values.integer(Catalog.RATE_LIMIT, RATE_PER_SECOND, 1, 1_000_000),
        values.integer(Catalog.RATE_BURST, RATE_BURST, 1, 1_000_000),
        values.integer(Catalog.MAX_MESSAGE_BYTES, MESSAGE_BYTES, 1, 16 << 20),
        values.integer(Catalog.MAX_PAYLOAD_BYTES, PAYLOAD_BYTES, 1, 64 << 20),
        values.integer(Catalog.MAX_HEADER_BYTES, HEADER_BYTES, 1, 1 << 20),
        values.duration(Catalog.HANDSHAKE_TIMEOUT, HANDSHAKE_TIMEOUT),
        values.duration(Catalog.PING_INTERVAL, PING_INTERVAL),
        values.list(Catalog.ALLOWED_ORIGINS, Limits::origin),
        values.list(Catalog.ALLOWED_HOSTS, Limits::host),
        values.list(Catalog.TRUSTED_PROXIES, text -> Network.parse(text).text()));
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
}
