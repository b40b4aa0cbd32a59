package dev.tapeline.redis.address;

/**
 * The servers that hold the data, and the login for them: one server, the master that sentinels
 * name, or a cluster. Printing it shows no secret.
 */
public sealed interface RedisServers permits RedisAddress, SentinelAddress, ClusterAddress {

  /** Whether connections are encrypted and the servers' certificates checked. */
  boolean tls();

  RedisCredentials credentials();

  /** Hosts and ports, for people to read. */
  String where();

  /**
   * Reads a {@code REDIS_URL} of any of the three forms.
   *
   * @throws IllegalArgumentException saying what is wrong, without the passwords
   */
  static RedisServers parse(String url) {
    return RedisUrl.parse(url);
  }
}
