package dev.tapeline.server.settings.part;

import static dev.tapeline.gateway.listen.http.HttpRules.DEFAULT;

import dev.tapeline.access.address.Network;
import dev.tapeline.gateway.listen.http.HttpRules;
import dev.tapeline.server.settings.declaration.Range;
import dev.tapeline.server.settings.declaration.Setting;
import dev.tapeline.server.settings.declaration.Values;
import java.time.Duration;
import java.util.List;

/** The settings of which HTTP requests are answered. */
public final class HttpSettings {

  public static final Setting<Integer> HEADER_BYTES =
      Setting.size(
          "TAPELINE_MAX_HEADER_BYTES",
          DEFAULT.maxHeaderBytes(),
          1,
          1 << 20,
          "longest head of an HTTP request");
  public static final Setting<Duration> HANDSHAKE_TIMEOUT =
      Setting.duration(
          "TAPELINE_HANDSHAKE_TIMEOUT",
          DEFAULT.handshakeTimeout(),
          "time from the connection to the end of the first request, and for the head of each"
              + " later one. Also how long a body may stand still");
  public static final Setting<List<String>> ALLOWED_ORIGINS =
      Setting.list(
          "ALLOWED_ORIGINS",
          "any",
          Range.lists("origins such as https://example.com, by comma", HttpSettings::origin),
          "origins whose pages may open WebSockets and streams, and call `/api`");
  public static final Setting<List<String>> ALLOWED_HOSTS =
      Setting.list(
          "TAPELINE_ALLOWED_HOSTS",
          "any",
          Range.lists("host names or addresses, IPv6 in brackets, by comma", HttpSettings::host),
          "hosts that requests may name, without ports. Requests to other hosts get 421");
  public static final Setting<List<String>> TRUSTED_PROXIES =
      Setting.list(
          "TRUSTED_PROXIES",
          "none",
          Range.lists("addresses or networks such as 10.0.0.0/8, by comma", HttpSettings::network),
          "proxies whose `X-Forwarded-For`, `Forwarded` or PROXY header is believed");

  private HttpSettings() {}

  static HttpRules from(Values values) {
    return new HttpRules(
        values.get(ALLOWED_ORIGINS),
        values.get(ALLOWED_HOSTS),
        values.get(TRUSTED_PROXIES),
        values.get(HEADER_BYTES),
        values.get(HANDSHAKE_TIMEOUT));
  }

  private static String host(String text) {
    if (!text.matches("\\[[0-9A-Fa-f:.]+]|[0-9A-Za-z._-]+")) {
      throw new IllegalArgumentException("'" + text + "' is none; leave out scheme and port");
    }
    return text;
  }

  private static String origin(String text) {
    if (!text.matches("(\\*|null|[a-z][a-z0-9+.-]*://[^/\\s]+)")) {
      throw new IllegalArgumentException("'" + text + "' is none");
    }
    return text;
  }

  private static String network(String text) {
    Network.parse(text);
    return text;
  }
}
