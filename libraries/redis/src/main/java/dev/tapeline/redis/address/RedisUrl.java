package dev.tapeline.redis.address;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A {@code REDIS_URL} taken apart: {@code scheme://login@host,host/database?query#name}. Its form
 * tells the topology: {@code redis-sentinel} is for sentinels, a comma for a cluster.
 */
record RedisUrl(
    boolean tls, String login, String hosts, String path, String query, String fragment) {

  private static final Pattern SCHEME = Pattern.compile("(?:rediss?(?:-sentinel)?|https?)://");
  private static final String SENTINEL_USER = "sentinelUser";
  private static final String SENTINEL_PASSWORD = "sentinelPassword";

  static RedisServers parse(String url) {
    if (url.startsWith("redis-sentinel://") || url.startsWith("rediss-sentinel://")) {
      return checked(url, () -> of(url).sentinels());
    }
    if (!url.startsWith("redis://") && !url.startsWith("rediss://")) {
      throw new IllegalArgumentException(
          ("not a Redis URL: %s: begin with redis:// or, for TLS, rediss://; with redis-sentinel://"
                  + " or rediss-sentinel:// for sentinels")
              .formatted(masked(url)));
    }
    return url.indexOf(',', url.lastIndexOf('@') + 1) < 0
        ? RedisAddress.parse(url)
        : checked(url, () -> of(url).cluster());
  }

  private static RedisServers checked(String url, Supplier<RedisServers> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "not a Redis URL: %s: %s".formatted(masked(url), e.getMessage()), e);
    }
  }

  /** Splits at the last {@code @} first, so that no part of a password lands in another part. */
  private static RedisUrl of(String url) {
    int scheme = url.indexOf("://");
    int at = Math.max(url.lastIndexOf('@') + 1, scheme + 3);
    if (url.substring(scheme + 3, at).matches(".*[/?#].*")) {
      throw new IllegalArgumentException("percent-encode special characters in the passwords");
    }
    String[] named = split(url.substring(at), '#');
    String[] asked = split(named[0], '?');
    String[] placed = split(asked[0], '/');
    return new RedisUrl(
        url.startsWith("rediss"),
        url.substring(scheme + 3, at),
        placed[0],
        placed[1],
        asked[1],
        named[1]);
  }

  private static String[] split(String text, char mark) {
    int at = text.indexOf(mark);
    return at < 0
        ? new String[] {text, ""}
        : new String[] {text.substring(0, at), text.substring(at + 1)};
  }

  private ClusterAddress cluster() {
    if (!fragment.isEmpty()) {
      throw new IllegalArgumentException("nothing may follow the nodes of a cluster");
    }
    Map<String, String> _ = UrlParameters.read(query, Set.of());
    return new ClusterAddress(
        named().map(node -> RedisAddress.parse(one(login, node, path))).distinct().toList());
  }

  private SentinelAddress sentinels() {
    RedisAddress master = RedisAddress.parse(one(login, "master", path));
    RedisCredentials own = sentinelLogin(asked());
    return new SentinelAddress(
        named().map(node -> sentinel(node, own)).distinct().toList(),
        fragment,
        master.database(),
        master.credentials());
  }

  private Stream<String> named() {
    return Arrays.stream(hosts.split(",", -1)).filter(host -> !host.isBlank());
  }

  private RedisAddress sentinel(String node, RedisCredentials own) {
    boolean hasPort = node.lastIndexOf(':') > node.lastIndexOf(']');
    RedisAddress where =
        RedisAddress.parse(one("", hasPort ? node : node + ":" + SentinelAddress.DEFAULT_PORT, ""));
    return new RedisAddress(where.host(), where.port(), tls, 0, own);
  }

  private String one(String user, String host, String database) {
    return (tls ? "rediss://" : "redis://")
        + user
        + host
        + (database.isEmpty() ? "" : "/")
        + database;
  }

  private Map<String, String> asked() {
    Map<String, String> asked =
        new HashMap<>(UrlParameters.read(query, Set.of(SENTINEL_USER, SENTINEL_PASSWORD)));
    asked.replaceAll((_, value) -> decoded(value));
    return asked;
  }

  private static RedisCredentials sentinelLogin(Map<String, String> asked) {
    @Nullable String user = asked.get(SENTINEL_USER);
    @Nullable String password = asked.get(SENTINEL_PASSWORD);
    return new RedisCredentials(user, password);
  }

  static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /**
   * The URL without what may hold a password: its query, and what stands between a known scheme and
   * its last at sign.
   */
  static String masked(String url) {
    Matcher scheme = SCHEME.matcher(url);
    String start = scheme.lookingAt() ? scheme.group() : "";
    int at = url.lastIndexOf('@');
    int query = url.indexOf('?');
    if (query >= 0 && query < at) {
      return start + "***";
    }
    String shown = at < 0 ? url : start + "***" + url.substring(at);
    return shown.replaceFirst("\\?[^#]*", "?***");
  }
}
