package dev.tapeline.server.config;

import dev.tapeline.protocols.cable.CableMapping;
import dev.tapeline.redis.address.RedisAddress;
import dev.tapeline.redis.address.RedisSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every setting that there is; {@code docs/operations.md} has the same table for users. */
public final class Catalog {

  private static final String PORT_RANGE = "a port from 1 to 65535, or 0 for any free one";

  static final Setting ROLE =
      Setting.of("TAPELINE_ROLE", "all", "one of all, ingest, gateway, api");
  static final Setting NODE =
      Setting.of("TAPELINE_NODE", "host name and 4 characters", NodeName.ALLOWED);
  static final Setting FEED = Setting.of("TAPELINE_FEED", "none", "one of none, simulator");
  static final Setting BIND_HOST =
      Setting.of("TAPELINE_BIND_HOST", Listen.BIND_HOST, "an address of this machine");
  static final Setting API_PORT = Setting.of("TAPELINE_API_PORT", "" + Listen.API_PORT, PORT_RANGE);
  static final Setting PORT = Setting.of("PORT", "none", PORT_RANGE);
  static final Setting GATEWAY_PORT =
      Setting.of("REDIS_WS_GATEWAY_PORT", "" + Listen.GATEWAY_PORT, PORT_RANGE);

  static final Setting TLS_CERT = Setting.of("TLS_CERT", "none", "a PEM file, with tls-key");
  static final Setting TLS_KEY = Setting.of("TLS_KEY", "none", "a PEM file, with tls-cert");

  static final Setting REDIS_URL =
      Setting.secret(
          "REDIS_URL", "a redis:// or redis-sentinel:// address, or with commas a cluster's nodes");
  static final Setting REDIS_HOST = Setting.of("REDIS_HOST", "none", "a host name or address");
  static final Setting REDIS_PORT =
      Setting.of("REDIS_PORT", "" + RedisAddress.DEFAULT_PORT, "a port from 1 to 65535");
  static final Setting REDIS_PASSWORD = Setting.secret("REDIS_PASSWORD", "any text");
  static final Setting REDIS_MAX_CONNECTIONS =
      Setting.of(
          "REDIS_MAX_CONNECTIONS",
          "" + RedisSettings.DEFAULT_MAX_CONNECTIONS,
          "a whole number from 6 to 1000");
  static final Setting REDIS_KEY_PREFIX =
      Setting.of("REDIS_KEY_PREFIX", "none", RedisTarget.PREFIXES);

  static final Setting DURABLE =
      Setting.of("TAPELINE_DURABLE", DurableChannels.BUILT_IN, DurableChannels.ALLOWED);

  static final Setting GATEWAY_API_KEY =
      Setting.secret("GATEWAY_API_KEY", "at least 16 visible characters");

  static final Setting REQUIRE_AUTH = Setting.of("REQUIRE_AUTH", "false", "true or false");
  static final Setting DEFAULT_ROLE =
      Setting.of("DEFAULT_ROLE", "user", "user, admin or a role of the tapeline-access-file");
  static final Setting JWT_SECRET = Setting.secret("JWT_SECRET", "a text of at least 32 bytes");
  static final Setting JWT_JWKS_URL =
      Setting.of("JWT_JWKS_URL", "none", "an http:// or https:// address of keys");
  static final Setting JWT_AUDIENCE = Setting.of("JWT_AUDIENCE", "any", "any text");
  static final Setting JWT_ISSUER = Setting.of("JWT_ISSUER", "any", "any text");
  static final Setting JWT_CLOCK_SKEW = Setting.of("JWT_CLOCK_SKEW", "2s", Values.DURATIONS);
  static final Setting ACCESS_FILE =
      Setting.of("TAPELINE_ACCESS_FILE", "none", "a YAML file of roles and keys");

  static final Setting MAX_CHANNELS_PER_CLIENT =
      count("MAX_CHANNELS_PER_CLIENT", Limits.CHANNELS_PER_CLIENT, 100_000);
  static final Setting MAX_WILDCARDS =
      count("MAX_WILDCARD_SUBSCRIPTIONS", Limits.WILDCARDS_PER_CLIENT, 1_000);
  static final Setting MAX_PATTERN_CHANNELS =
      count("MAX_PATTERN_CHANNELS_PER_CLIENT", Limits.PATTERN_CHANNELS_PER_CLIENT, 10_000_000);
  static final Setting MAX_PATTERNS = count("MAX_PATTERNS", Limits.PATTERNS, 100_000);
  static final Setting MAX_CONNECTIONS =
      share("MAX_CONNECTIONS", "heap / 16 KiB", Limits.MOST_CONNECTIONS, 10_000_000);
  static final Setting MAX_CONNECTIONS_PER_IP =
      count("MAX_CONNECTIONS_PER_IP", Limits.CONNECTIONS_PER_ADDRESS, 10_000_000);
  static final Setting CONNECT_RATE =
      count("TAPELINE_CONNECT_RATE_PER_SECOND", Limits.CONNECT_RATE, 1_000_000);
  static final Setting CONNECT_RATE_PER_IP =
      count("TAPELINE_CONNECT_RATE_PER_IP", Limits.CONNECT_RATE_PER_ADDRESS, 1_000_000);
  static final Setting MAX_CHANNELS = count("MAX_CHANNELS", Limits.CHANNELS, 10_000_000);
  static final Setting RATE_LIMIT =
      count("RATE_LIMIT_PER_SECOND", Limits.RATE_PER_SECOND, 1_000_000);
  static final Setting RATE_BURST =
      count("TAPELINE_RATE_LIMIT_BURST", Limits.RATE_BURST, 1_000_000);
  static final Setting MAX_MESSAGE_BYTES =
      count("TAPELINE_MAX_MESSAGE_BYTES", Limits.MESSAGE_BYTES, 16 << 20);
  static final Setting MAX_PAYLOAD_BYTES =
      count("TAPELINE_MAX_PAYLOAD_BYTES", Limits.PAYLOAD_BYTES, 64 << 20);
  static final Setting MAX_HEADER_BYTES =
      count("TAPELINE_MAX_HEADER_BYTES", Limits.HEADER_BYTES, 1 << 20);
  static final Setting HANDSHAKE_TIMEOUT =
      Setting.of("TAPELINE_HANDSHAKE_TIMEOUT", "10s", Values.DURATIONS);
  static final Setting PING_INTERVAL =
      Setting.of("TAPELINE_PING_INTERVAL", "25s", Values.DURATIONS);
  static final Setting ALLOWED_ORIGINS =
      Setting.of("ALLOWED_ORIGINS", "any", "origins such as https://example.com, by comma");
  static final Setting ALLOWED_HOSTS =
      Setting.of(
          "TAPELINE_ALLOWED_HOSTS", "any", "host names or addresses, IPv6 in brackets, by comma");
  static final Setting TRUSTED_PROXIES =
      Setting.of("TRUSTED_PROXIES", "none", "addresses or networks such as 10.0.0.0/8, by comma");

  static final Setting TRANSPORT =
      Setting.of("TAPELINE_TRANSPORT", "auto", "one of auto, io_uring, epoll, nio");
  static final Setting LANES =
      Setting.of("TAPELINE_LANES", "0", "a whole number from 0 (half the processors) to 256");
  static final Setting RING_BYTES =
      share("TAPELINE_RING_BYTES", "direct memory / 64", Tuning.MOST_RING_BYTES, 1 << 30);
  static final Setting RINGS_TOTAL_BYTES =
      share(
          "TAPELINE_RINGS_TOTAL_BYTES",
          "direct memory / 4",
          Tuning.MOST_RINGS_TOTAL_BYTES,
          1L << 40);
  static final Setting LOGS_TOTAL_BYTES =
      share("TAPELINE_LOGS_TOTAL_BYTES", "heap / 4", Tuning.MOST_LOGS_TOTAL_BYTES, 1L << 40);
  static final Setting KINDS =
      Setting.of(
          "TAPELINE_KINDS", "none", "PATTERN=KIND by comma, KIND one of state, event, delta, bar");

  static final Setting SLOW_STEP = Setting.of("TAPELINE_SLOW_STEP", "5s", Values.DURATIONS);
  static final Setting PRIORITY_CHANNELS =
      Setting.of(
          "PRIORITY_CHANNELS", "alerts:*,positions:*", "channels or patterns by comma, or none");
  static final Setting COMPRESSION = Setting.of("TAPELINE_COMPRESSION", "true", "true or false");
  static final Setting CABLE_CHANNELS =
      Setting.of(
          "TAPELINE_CABLE_CHANNELS",
          CableMapping.BUILT_IN,
          "CLASS=CHANNEL by comma, parameters as {symbol}, built-in among them for the built-in"
              + " ones; or none");

  static final Setting REST_RATE =
      count("TAPELINE_REST_RATE_PER_SECOND", RestSettings.RATE_PER_SECOND, 1_000_000);
  static final Setting REST_BURST =
      count("TAPELINE_REST_RATE_BURST", RestSettings.RATE_BURST, 1_000_000);
  static final Setting REST_MAX_BODY_BYTES =
      count("TAPELINE_REST_MAX_BODY_BYTES", RestSettings.MAX_BODY_BYTES, 64 << 20);
  static final Setting REST_BODIES_TOTAL_BYTES =
      count(
          "TAPELINE_REST_BODIES_TOTAL_BYTES",
          RestSettings.BODIES_TOTAL_BYTES,
          RestSettings.MOST_BODIES_BYTES);

  static final Setting LOG_LEVEL = Setting.of("TAPELINE_LOG_LEVEL", "info", LogLevels.ALLOWED);

  static final Setting READY_WITHOUT_REDIS =
      Setting.of("TAPELINE_READY_WITHOUT_REDIS", "auto", "one of auto, true, false");

  /** All settings, in the order of the documentation. */
  public static final List<Setting> ALL =
      List.of(
          ROLE,
          NODE,
          FEED,
          BIND_HOST,
          API_PORT,
          PORT,
          GATEWAY_PORT,
          TLS_CERT,
          TLS_KEY,
          REDIS_URL,
          REDIS_HOST,
          REDIS_PORT,
          REDIS_PASSWORD,
          REDIS_MAX_CONNECTIONS,
          REDIS_KEY_PREFIX,
          READY_WITHOUT_REDIS,
          DURABLE,
          GATEWAY_API_KEY,
          REQUIRE_AUTH,
          DEFAULT_ROLE,
          JWT_SECRET,
          JWT_JWKS_URL,
          JWT_AUDIENCE,
          JWT_ISSUER,
          JWT_CLOCK_SKEW,
          ACCESS_FILE,
          MAX_CHANNELS_PER_CLIENT,
          MAX_WILDCARDS,
          MAX_PATTERN_CHANNELS,
          MAX_PATTERNS,
          MAX_CONNECTIONS,
          MAX_CONNECTIONS_PER_IP,
          CONNECT_RATE,
          CONNECT_RATE_PER_IP,
          MAX_CHANNELS,
          RATE_LIMIT,
          RATE_BURST,
          MAX_MESSAGE_BYTES,
          MAX_PAYLOAD_BYTES,
          MAX_HEADER_BYTES,
          HANDSHAKE_TIMEOUT,
          PING_INTERVAL,
          ALLOWED_ORIGINS,
          ALLOWED_HOSTS,
          TRUSTED_PROXIES,
          TRANSPORT,
          LANES,
          RING_BYTES,
          RINGS_TOTAL_BYTES,
          LOGS_TOTAL_BYTES,
          KINDS,
          SLOW_STEP,
          PRIORITY_CHANNELS,
          COMPRESSION,
          CABLE_CHANNELS,
          REST_RATE,
          REST_BURST,
          REST_MAX_BODY_BYTES,
          REST_BODIES_TOTAL_BYTES,
          LOG_LEVEL);

  /** What the launcher reads before there is a JVM, and what commands show to a server. */
  static final Set<String> OTHER_VARIABLES = Set.of("TAPELINE_JAVA_OPTS", "TAPELINE_TOKEN");

  private static final Map<String, Setting> BY_KEY = index();

  private Catalog() {}

  private static Setting count(String variable, long fallback, long max) {
    return Setting.of(variable, "" + fallback, "a whole number from 1 to " + max);
  }

  /** A number whose default is a share of the memory, but no more than a number. */
  private static Setting share(String variable, String share, long most, long max) {
    String fallback = "%s, at most %d".formatted(share, most);
    return Setting.of(variable, fallback, "a whole number from 1 to " + max);
  }

  private static Map<String, Setting> index() {
    Map<String, Setting> index = new LinkedHashMap<>();
    Stream.concat(ALL.stream(), Absent.ALL.stream().map(Absent::setting))
        .forEach(setting -> index.put(setting.key(), setting));
    return index;
  }

  static Map<String, Setting> byKey() {
    return BY_KEY;
  }

  static boolean hasVariable(String name) {
    return ALL.stream().anyMatch(setting -> setting.variable().equals(name));
  }

  static String keys() {
    return String.join(", ", new TreeSet<>(ALL.stream().map(Setting::key).toList()));
  }

  static String ownVariables() {
    return Stream.concat(ALL.stream().map(Setting::variable), OTHER_VARIABLES.stream())
        .filter(name -> name.startsWith("TAPELINE_"))
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
