package dev.tapeline.simulate.dhan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request on a data socket.
 *
 * @param keys of its instruments, as in {@code NSE_EQ:1333}
 * @param listed whether it has a list of instruments
 */
record DhanRequest(int code, List<String> keys, boolean listed) {

  static final int DISCONNECT = 12;

  /** Reads a request; null if it is none. */
  static @Nullable DhanRequest of(@Nullable JsonNode message) {
    JsonNode code = message == null ? null : message.get("RequestCode");
    if (message == null || code == null || !code.canConvertToInt()) {
      return null;
    }
    List<String> keys = new ArrayList<>();
    JsonNode list = message.path("InstrumentList");
    for (JsonNode one : list) {
      keys.add(key(one));
    }
    if (message.has("SecurityId")) {
      keys.add(key(message));
    }
    return new DhanRequest(code.asInt(), keys, list.isArray());
  }

  private static String key(JsonNode instrument) {
    return instrument.path("ExchangeSegment").asString("")
        + ":"
        + instrument.path("SecurityId").asString("");
  }
}
