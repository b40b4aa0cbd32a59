package dev.tapeline.server.config;

import java.util.List;
import java.util.Optional;

/**
 * Which Redis to use.
 *
 * @param url as the user gave it, or made of host, port and password
 * @param keyPrefix goes before each key and channel; may be empty
 */
public record RedisTarget(String url, int maxConnections, String keyPrefix) {

  public static final int PORT = 6379;
  public static final int MAX_CONNECTIONS = 20;

  private static final String URL = "(redis|rediss|redis-sentinel)://[^\\s]+";

  static Optional<RedisTarget> from(Values values) {
    int connections = values.integer(Catalog.REDIS_MAX_CONNECTIONS, MAX_CONNECTIONS, 2, 1_000);
    String prefix =
        values.matching(Catalog.REDIS_KEY_PREFIX, "[^*?\\[\\]\\\\{}\\p{Cntrl}]{0,50}").orElse("");
    return url(values).map(url -> new RedisTarget(url, connections, prefix));
  }

  private static Optional<String> url(Values values) {
    Optional<Value> url = values.get(Catalog.REDIS_URL);
    for (Setting part : List.of(Catalog.REDIS_HOST, Catalog.REDIS_PORT, Catalog.REDIS_PASSWORD)) {
      checkPart(values, url, part);
    }
    values.matching(Catalog.REDIS_URL, URL);
    return url.map(Value::text).or(() -> urlOfHost(values));
  }

  private static void checkPart(Values values, Optional<Value> url, Setting part) {
    Optional<Value> value = values.get(part);
    if (url.isPresent() && value.isPresent()) {
      throw ConfigException.contradiction(
          value.get(), url.get(), "set the address, or host, port and password");
    }
    if (value.isPresent() && values.get(Catalog.REDIS_HOST).isEmpty()) {
      throw ConfigException.notAllowed(value.get(), "only together with redis-host");
    }
  }

  private static Optional<String> urlOfHost(Values values) {
    int port = values.integer(Catalog.REDIS_PORT, PORT, 1, 65_535);
    String password = values.text(Catalog.REDIS_PASSWORD).map(RedisTarget::userInfo).orElse("");
    return values
        .matching(Catalog.REDIS_HOST, "[0-9A-Za-z._:-]+")
        .map(host -> "redis://%s%s:%d".formatted(password, bracketed(host), port));
  }

  private static String bracketed(String host) {
    return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
  }

  private static String userInfo(String password) {
    StringBuilder out = new StringBuilder(":");
    for (byte b : password.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
      out.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
    }
    return out.append('@').toString();
  }

  /** Without the address, which may hold a password. */
  @Override
  public String toString() {
    return "RedisTarget[maxConnections=%d, keyPrefix=%s]".formatted(maxConnections, keyPrefix);
  }
}
