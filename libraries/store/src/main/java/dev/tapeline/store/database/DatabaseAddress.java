package dev.tapeline.store.database;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL server by its URL. Never prints the password.
 *
 * @param servers hosts, ports and database as JDBC writes them: {@code host:5432/name}
 * @param user null for the name of the user that runs this process
 * @param password null if the server asks for none, or a file has it
 * @param parameters of the driver, such as {@code sslmode}; they override ours
 */
public record DatabaseAddress(
    String servers,
    @Nullable String user,
    @Nullable String password,
    Map<String, String> parameters) {

  /** The schema of all tables, unless the URL has a {@code currentSchema}. */
  public static final String SCHEMA = "tapeline";

  private static final String SCHEMA_PARAMETER = "currentSchema";
  private static final String FORM = "postgres://user:password@host:5432/database";
  private static final Pattern URL =
      Pattern.compile(
          "(?:jdbc:)?postgres(?:ql)?://(?<authority>[^/?]*)/?(?<name>[^?]*)\\??(?<query>.*)");

  /** Names of libpq, which other programs use in URLs, for those of the driver. */
  private static final Map<String, String> SYNONYMS =
      Map.of(
          "application_name", "ApplicationName",
          "connect_timeout", "connectTimeout",
          "channel_binding", "channelBinding",
          "target_session_attrs", "targetServerType",
          "sslnegotiation", "sslNegotiation");

  /** What {@code target_session_attrs} says, in the words of {@code targetServerType}. */
  private static final Map<String, String> TARGETS =
      Map.of(
          "read-write", "primary", "read-only", "secondary", "prefer-standby", "preferSecondary");

  /** Ours: a server that is away or hangs is noticed, and the server can tell who is connected. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "ApplicationName",
          "tapeline",
          "connectTimeout",
          "3",
          "loginTimeout",
          "5",
          "socketTimeout",
          "60",
          "tcpKeepAlive",
          "true",
          SCHEMA_PARAMETER,
          SCHEMA);

  public DatabaseAddress {
    parameters = Map.copyOf(parameters);
  }

  /**
   * Reads {@code postgres://user:password@host[:port][,host…]/database[?parameters]}, or the same
   * for JDBC, with user and password as parameters. Special characters are percent-encoded.
   *
   * @throws IllegalArgumentException saying what is wrong, without the password
   */
  public static DatabaseAddress parse(String url) {
    Matcher parts = URL.matcher(url.strip());
    if (!parts.matches()) {
      throw malformed("begin with postgres:// or jdbc:postgresql://");
    }
    String authority = parts.group("authority");
    String name = parts.group("name");
    if (authority.isEmpty() || name.indexOf('@') >= 0) {
      throw malformed("name a host, and percent-encode special characters in the password");
    }
    Map<String, String> parameters = parameters(parts.group("query"));
    String login = authority.substring(0, Math.max(0, authority.lastIndexOf('@')));
    int colon = login.indexOf(':');
    String user = colon < 0 ? login : login.substring(0, colon);
    String password = colon < 0 ? "" : login.substring(colon + 1);
    DatabaseAddress address =
        new DatabaseAddress(
            authority.substring(authority.lastIndexOf('@') + 1) + "/" + name,
            first(decoded(user), parameters.remove("user")),
            first(decoded(password), parameters.remove("password")),
            parameters);
    address.check();
    return address;
  }

  private static @Nullable String first(String text, @Nullable String otherwise) {
    return text.isEmpty() ? otherwise : text;
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new TreeMap<>();
    Arrays.stream(query.split("&"))
        .filter(part -> !part.isEmpty())
        .forEach(part -> {
          int equals = part.indexOf('=');
          if (equals < 0) {
            throw malformed("write parameters as name=value");
          }
          String name = decoded(part.substring(0, equals));
          String value = decoded(part.substring(equals + 1));
          boolean target = name.equals("target_session_attrs");
          parameters.put(
              SYNONYMS.getOrDefault(name, name),
              target ? TARGETS.getOrDefault(value, value) : value);
        });
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw malformed("percent-encode special characters: a percent sign is %25");
    }
  }

  /** The messages of the driver quote the URL, and so they are not passed on. */
  private void check() {
    try {
      var _ = source();
    } catch (IllegalArgumentException _) {
      throw malformed("the driver does not understand the hosts, the ports or the parameters");
    }
  }

  private static IllegalArgumentException malformed(String problem) {
    return new IllegalArgumentException("%s (%s)".formatted(problem, FORM));
  }

  /** A source of new connections. */
  PGSimpleDataSource source() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL("jdbc:postgresql://" + servers);
    Map<String, String> all = new TreeMap<>(DEFAULTS);
    all.putAll(parameters);
    try {
      for (Map.Entry<String, String> parameter : all.entrySet()) {
        source.setProperty(parameter.getKey(), parameter.getValue());
      }
    } catch (java.sql.SQLException e) {
      throw new IllegalArgumentException("unknown parameter", e);
    }
    source.setUser(user);
    source.setPassword(password);
    return source;
  }

  /** The schema of our tables. */
  String schema() {
    return parameters.getOrDefault(SCHEMA_PARAMETER, SCHEMA);
  }

  /** The URL without the password and the parameters. */
  @Override
  public String toString() {
    return "postgres://%s%s".formatted(user == null ? "" : user + "@", servers);
  }
}
