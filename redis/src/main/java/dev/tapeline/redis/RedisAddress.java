package dev.tapeline.redis;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Where one Redis server answers, and as whom to log in.
 *
 * @param tls whether the connection is encrypted and the server's certificate checked
 * @param database the number that SELECT takes; channels are the same in all of them
 */
public record RedisAddress(
    String host, int port, boolean tls, int database, RedisCredentials credentials)
    implements RedisServers {

  public static final int DEFAULT_PORT = 6379;

  public RedisAddress {
    if (host.isBlank()) {
      throw new IllegalArgumentException("the Redis host is empty: name one, such as localhost");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("%d is not a port: give 1 to 65535".formatted(port));
    }
    if (database < 0) {
      throw new IllegalArgumentException(
          "%d is not a Redis database: give 0 or more".formatted(database));
    }
  }

  public static RedisAddress of(String host, int port) {
    return new RedisAddress(host, port, false, 0, RedisCredentials.NONE);
  }

  /**
   * Reads {@code redis://[[user]:password@]host[:port][/database]}, or {@code rediss://} for TLS.
   * Special characters in the user and the password are percent-encoded.
   *
   * @throws IllegalArgumentException saying what is wrong, without the password
   */
  public static RedisAddress parse(String url) {
    URI uri = uri(url);
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw malformed(url, "nothing may follow the database");
    }
    String host = uri.getHost();
    if (host == null) {
      throw malformed(url, "it names no host");
    }
    return new RedisAddress(
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
        uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
        "rediss".equals(uri.getScheme()),
        database(url, uri.getPath()),
        credentials(url, uri.getUserInfo()));
  }

  private static URI uri(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      // Its message quotes the URL, and so the password: it is no cause to pass on.
      throw malformed(url, "percent-encode special characters in the password");
    }
  }

  private static int database(String url, @Nullable String path) {
    if (path == null || path.isEmpty() || path.equals("/")) {
      return 0;
    }
    try {
      return Integer.parseInt(path.substring(1));
    } catch (NumberFormatException e) {
      String name = RedisUrl.masked(path.substring(1)); // an at sign of a password may be in it
      throw malformed(url, "the database '%s' is not a number".formatted(name));
    }
  }

  private static RedisCredentials credentials(String url, @Nullable String userInfo) {
    if (userInfo == null) {
      return RedisCredentials.NONE;
    }
    int colon = userInfo.indexOf(':');
    if (colon < 0) {
      throw malformed(url, "write the password as redis://:password@host");
    }
    return new RedisCredentials(userInfo.substring(0, colon), userInfo.substring(colon + 1));
  }

  private static IllegalArgumentException malformed(String url, String problem) {
    return new IllegalArgumentException(
        "not a Redis URL: %s: %s (redis://[[user]:password@]host[:port][/database])"
            .formatted(RedisUrl.masked(url), problem));
  }

  /** Host and port, as an operator would look for them. */
  public String hostAndPort() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }

  @Override
  public String where() {
    return hostAndPort();
  }

  /** The URL, the password masked. */
  @Override
  public String toString() {
    return (tls ? "rediss://" : "redis://")
        + credentials
        + hostAndPort()
        + (database == 0 ? "" : "/" + database);
  }
}
