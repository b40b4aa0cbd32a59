package dev.tapeline.access.address;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The origins whose pages may connect, and the headers that tell browsers so (CORS). There are no
 * cookies: a page can only show a token that it has. May be used from any thread.
 */
public final class Origins {

  /** The headers that a page may send: credentials, and the last event that it has. */
  private static final String HEADERS = "Authorization, Content-Type, Last-Event-ID, X-API-Key";

  private static final String MAX_AGE_SECONDS = "7200";
  private static final String ANY = "*";

  private final List<String> allowed;

  /**
   * @param allowed as {@code https://host[:port]}; none or {@code *} for any
   */
  public Origins(List<String> allowed) {
    this.allowed = List.copyOf(allowed);
  }

  /** Whether pages of this origin may connect; programs have none, and may. */
  public boolean allows(@Nullable String origin) {
    return origin == null
        || allowed.isEmpty()
        || allowed.contains(ANY)
        || allowed.stream().anyMatch(origin::equalsIgnoreCase);
  }

  /** The headers of an answer to a page of this origin, in order; none if it may not connect. */
  public Map<String, String> headers(@Nullable String origin) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Vary", "Origin");
    if (origin != null && allows(origin) && isText(origin)) {
      headers.put("Access-Control-Allow-Origin", origin);
      headers.put("Access-Control-Allow-Credentials", "true");
      headers.put("Access-Control-Expose-Headers", "Retry-After");
    }
    return headers;
  }

  /**
   * The headers of the answer to a preflight request.
   *
   * @param methods those of the path, by comma
   */
  public Map<String, String> preflight(@Nullable String origin, String methods) {
    Map<String, String> headers = headers(origin);
    if (headers.containsKey("Access-Control-Allow-Origin")) {
      headers.put("Access-Control-Allow-Methods", methods);
      headers.put("Access-Control-Allow-Headers", HEADERS);
      headers.put("Access-Control-Max-Age", MAX_AGE_SECONDS);
    }
    return headers;
  }

  /** Whether the origin is valid in a header of an answer. */
  private static boolean isText(String origin) {
    return origin.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }
}
