package dev.tapeline.protocols.spi;

import dev.tapeline.core.Excerpt;
import dev.tapeline.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Thrown for one channel of a request that is rejected; the message tells the client why. */
public final class RejectedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private static final int SHOWN = 80;

  private final RequestError error;
  private final long retryAfterMillis;

  public RejectedException(RequestError error, String message) {
    this(error, message, 0);
  }

  private RejectedException(RequestError error, String message, long retryAfterMillis) {
    super(message, null, false, false);
    this.error = error;
    this.retryAfterMillis = retryAfterMillis;
  }

  /** Makes a rejection for a request that may succeed a little later. */
  public static RejectedException busy(String message, long retryAfterMillis) {
    return new RejectedException(RequestError.BUSY, message, retryAfterMillis);
  }

  public RequestError error() {
    return error;
  }

  public ObjectNode toJson(JsonNode item) {
    JsonNode name = item.isObject() ? item.get("channel") : item;
    ObjectNode out = Json.mapper().createObjectNode();
    if (name != null) {
      String text = name.isString() ? name.stringValue() : name.toString();
      out.put("channel", Excerpt.of(text, SHOWN));
    }
    out.put("code", error.text()).put("message", getMessage());
    if (retryAfterMillis > 0) {
      out.put("retryAfterMs", retryAfterMillis);
    }
    return out;
  }
}
