package dev.tapeline.simulate.net;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** An answer to an HTTP request. */
public final class HttpReply {

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  public HttpReply(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.body = body.clone();
  }

  public int status() {
    return status;
  }

  public Map<String, String> headers() {
    return headers;
  }

  byte[] body() {
    return body.clone();
  }

  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  public static HttpReply json(int status, JsonNode body) {
    return text(status, "application/json", Json.write(body));
  }

  public static HttpReply text(int status, String type, String body) {
    return new HttpReply(
        status, Map.of("content-type", type), body.getBytes(StandardCharsets.UTF_8));
  }

  /** The same answer with one more header. */
  public HttpReply with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new HttpReply(status, more, body);
  }
}
