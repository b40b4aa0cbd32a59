package dev.tapeline.gateway.protocol;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One channel of a request that can't be had; says why, to the client. */
final class RejectedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private static final int SHOWN = 80;

  private final String code;

  RejectedException(String code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  String code() {
    return code;
  }

  ObjectNode toJson(JsonNode item) {
    JsonNode name = item.isObject() ? item.get("channel") : item;
    ObjectNode out = Json.mapper().createObjectNode();
    if (name != null) {
      String text = name.isString() ? name.stringValue() : name.toString();
      out.put("channel", text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…");
    }
    return out.put("code", code).put("message", getMessage());
  }
}
