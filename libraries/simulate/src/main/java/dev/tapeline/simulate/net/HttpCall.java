package dev.tapeline.simulate.net;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request. Its text shows method and path alone, because queries and headers hold tokens.
 *
 * @param headers by names in lower case
 */
public record HttpCall(
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    String body) {

  public HttpCall {
    query = Map.copyOf(query);
    headers = Map.copyOf(headers);
  }

  /** A parameter of the query; null if it is missing. */
  public @Nullable String parameter(String name) {
    return query.get(name);
  }

  /** A header, by its name in lower case; null if it is missing. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
