package dev.tapeline.redis.address;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The parameters of a Redis URL. A parameter that other clients read is accepted if it asks for
 * what is done anyway. Otherwise the error says what to write instead. No value is shown, because
 * it may be a password.
 */
final class UrlParameters {

  private static final String TIMES =
      "leave it off: a server that does not answer is left after 2 to 3 s";
  private static final String LOGIN = "write user:password@ in front of the host";
  private static final String TLS = "begin with rediss:// for TLS, and with redis:// for none";
  private static final String TRUST =
      "leave it off: certificates are checked by those that this machine trusts";
  private static final String POOL = "leave it off: see REDIS_MAX_CONNECTIONS";
  private static final String SENTINEL =
      "begin with redis-sentinel://, and end with # and the master's name";

  private static final Map<String, List<String>> ADVICE =
      Map.of(
          TIMES,
          List.of(
              "timeout",
              "connecttimeout",
              "sockettimeout",
              "dialtimeout",
              "readtimeout",
              "writetimeout",
              "commandtimeout",
              "keepalive",
              "retryontimeout",
              "maxretries"),
          LOGIN,
          List.of("user", "username", "password", "auth", "authuser"),
          TLS,
          List.of("ssl", "tls", "usessl", "usetls"),
          TRUST,
          List.of("verifypeer", "sslcertreqs", "sslcacerts", "skipverify", "insecureskipverify"),
          POOL,
          List.of("maxconnections", "poolsize", "minidleconns", "poolmaxactive"),
          SENTINEL,
          List.of("sentinelmasterid", "mastername", "master", "servicename"));

  private UrlParameters() {}

  /**
   * Reads the parameters.
   *
   * @param own those that mean something here, besides protocol
   * @return the raw values of these
   * @throws IllegalArgumentException naming another one and what to write instead
   */
  static Map<String, String> read(String query, Set<String> own) {
    Map<String, String> read = new HashMap<>();
    for (String part : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      String value = equals < 0 ? "" : part.substring(equals + 1);
      if (own.contains(name)) {
        read.put(name, value);
      } else if (name.equals("protocol")) {
        checkProtocol(value);
      } else {
        throw new IllegalArgumentException(advice(name, equals >= 0));
      }
    }
    return read;
  }

  private static void checkProtocol(String value) {
    if (!value.equals("3")) {
      throw new IllegalArgumentException(
          "only protocol=3 is spoken: leave 'protocol' off, and use Redis 6 or newer");
    }
  }

  /**
   * The error for a parameter that is not accepted. An unknown or lone name is not shown, because
   * it may be a part of a password.
   */
  private static String advice(String name, boolean named) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
    for (Map.Entry<String, List<String>> advice : ADVICE.entrySet()) {
      if (named && advice.getValue().contains(plain)) {
        return "'%s' follows the question mark: %s".formatted(name, advice.getKey());
      }
    }
    return "a parameter that is not known follows the question mark: leave it off";
  }
}
