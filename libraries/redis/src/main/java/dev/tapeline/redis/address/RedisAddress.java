package dev.tapeline.redis.address;

import dev.tapeline.core.HostPort;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The address of one Redis server, and the login for it.
 *
 * @param tls whether the connection is encrypted and the server's certificate checked
 * @param database the number that SELECT takes; channels are the same in all of them
 */
public record RedisAddress(
    String host, int port, boolean tls, int database, RedisCredentials credentials)
    implements RedisServers {

  public static final int DEFAULT_PORT = 6379;
  private static final String DEFAULT_USER = "default";
  private static final String DATABASE = "database";
  private static final String SHORT_DATABASE = "db";

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
   * The database may also be a parameter, {@code ?db=}. Special characters in the user and the
   * password are percent-encoded.
   *
   * @throws IllegalArgumentException saying what is wrong, without the password
   */
  public static RedisAddress parse(String url) {
    URI uri = uri(url);
    if (uri.getRawFragment() != null) {
      throw malformed(url, "nothing may follow the database but parameters");
    }
    HostPort place =
        HostPort.of(uri).orElseThrow(() -> malformed(url, "it names no host, or no port"));
    return new RedisAddress(
        place.host(),
        place.port() < 0 ? DEFAULT_PORT : place.port(),
        "rediss".equals(uri.getScheme()),
        database(url, uri),
        credentials(url, uri.getRawAuthority()));
  }

  private static URI uri(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      // Its message quotes the URL, and so the password: it is no cause to pass on.
      throw malformed(url, "percent-encode special characters in the password");
    }
  }

  /** Reads the database number from the path, or from a parameter that other clients understand. */
  private static int database(String url, URI uri) {
    String query = Objects.requireNonNullElse(uri.getRawQuery(), "");
    Map<String, String> asked;
    try {
      asked = UrlParameters.read(query, Set.of(DATABASE, SHORT_DATABASE));
    } catch (IllegalArgumentException e) {
      throw malformed(url, String.valueOf(e.getMessage()));
    }
    String number = asked.getOrDefault(DATABASE, asked.getOrDefault(SHORT_DATABASE, ""));
    return asked.isEmpty() ? database(url, uri.getPath()) : database(url, "/" + number);
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

  /** Redis's default user without a password, as hosted ones are named, is nobody. */
  private static RedisCredentials credentials(String url, String authority) {
    int at = authority.lastIndexOf('@');
    String raw = authority.substring(0, Math.max(0, at));
    if (at < 0 || raw.isEmpty() || raw.matches(DEFAULT_USER + ":?")) {
      return RedisCredentials.NONE;
    }
    String userInfo = RedisUrl.decoded(raw);
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

  /** Host and port, for people to read. */
  public String hostAndPort() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }

  @Override
  public String where() {
    return hostAndPort();
  }

  /** The URL with the password masked. */
  @Override
  public String toString() {
    return (tls ? "rediss://" : "redis://")
        + credentials
        + hostAndPort()
        + (database == 0 ? "" : "/" + database);
  }
}
