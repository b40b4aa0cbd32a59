package dev.tapeline.redis.address;

import org.jspecify.annotations.Nullable;

/**
 * Which Redis is used, and how. Printing it shows no secret.
 *
 * @param maxConnections connections that one process may open; the bus holds two, the cache one; in
 *     a cluster, one for each master where commands are sent
 * @param keyPrefix stands before the name of each key and channel, which keeps environments apart
 */
public record RedisSettings(RedisServers address, int maxConnections, String keyPrefix) {

  public static final int DEFAULT_MAX_CONNECTIONS = 20;
  public static final int MIN_CONNECTIONS = 6;
  public static final String DEFAULT_KEY_PREFIX = "";
  static final int MAX_PREFIX_LENGTH = 64;

  public RedisSettings {
    if (maxConnections < MIN_CONNECTIONS) {
      throw new IllegalArgumentException(
          "%d Redis connections are too few: give %d or more"
              .formatted(maxConnections, MIN_CONNECTIONS));
    }
    if (!isPrefix(keyPrefix)) {
      throw new IllegalArgumentException(
          "'%s' can't be a key prefix: give at most %d letters, digits and - _ . : / @"
              .formatted(keyPrefix, MAX_PREFIX_LENGTH));
    }
  }

  /**
   * Reads a {@code REDIS_URL}.
   *
   * @throws IllegalArgumentException saying what is wrong, without the password
   */
  public static RedisSettings parse(String url) {
    return of(RedisServers.parse(url));
  }

  /** The settings that {@code REDIS_HOST}, {@code REDIS_PORT}, {@code REDIS_PASSWORD} make. */
  public static RedisSettings of(String host, int port, @Nullable String password) {
    return of(new RedisAddress(host, port, false, 0, new RedisCredentials(null, password)));
  }

  public static RedisSettings of(RedisServers address) {
    return new RedisSettings(address, DEFAULT_MAX_CONNECTIONS, DEFAULT_KEY_PREFIX);
  }

  /** Whether it is a cluster. */
  public boolean isCluster() {
    return address instanceof ClusterAddress;
  }

  public RedisSettings withMaxConnections(int connections) {
    return new RedisSettings(address, connections, keyPrefix);
  }

  public RedisSettings withKeyPrefix(String prefix) {
    return new RedisSettings(address, maxConnections, prefix);
  }

  private static boolean isPrefix(String prefix) {
    return prefix.length() <= MAX_PREFIX_LENGTH && prefix.chars().allMatch(RedisSettings::isPlain);
  }

  private static boolean isPlain(int c) {
    return c < 128 && (Character.isLetterOrDigit(c) || "-_.:/@".indexOf(c) >= 0);
  }
}
