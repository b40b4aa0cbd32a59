package dev.tapeline.redis.address;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A master that sentinels name, with the addresses of the sentinels.
 *
 * @param sentinels where they answer, and as whom to log in there; all with TLS or all without
 * @param master the name that they watch it under
 * @param database the number that SELECT takes
 * @param credentials as whom to log in at the master
 */
public record SentinelAddress(
    List<RedisAddress> sentinels, String master, int database, RedisCredentials credentials)
    implements RedisServers {

  public static final int DEFAULT_PORT = 26379;

  public SentinelAddress {
    sentinels = List.copyOf(sentinels);
    if (sentinels.isEmpty()) {
      throw new IllegalArgumentException("no sentinel is named: give host:port, with commas");
    }
    if (!master.matches("[A-Za-z0-9._-]+")) {
      throw new IllegalArgumentException(
          ("'%s' is not the name of a master: end the URL with # and the name that stands after"
                  + " 'sentinel monitor' in the sentinels' configuration")
              .formatted(master));
    }
  }

  @Override
  public boolean tls() {
    return sentinels.getFirst().tls();
  }

  /** The master, at the place that a sentinel names. */
  public RedisAddress masterAt(String host, int port) {
    return new RedisAddress(host, port, tls(), database, credentials);
  }

  @Override
  public String where() {
    return "master %s of the sentinels %s".formatted(master, hostsAndPorts());
  }

  private String hostsAndPorts() {
    return sentinels.stream().map(RedisAddress::hostAndPort).collect(Collectors.joining(","));
  }

  /** The URL with the password masked, and without the login for the sentinels. */
  @Override
  public String toString() {
    return (tls() ? "rediss-sentinel://" : "redis-sentinel://")
        + credentials
        + hostsAndPorts()
        + (database == 0 ? "" : "/" + database)
        + "#"
        + master;
  }
}
