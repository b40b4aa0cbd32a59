package dev.tapeline.simulate.binance;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns the times of an event into microseconds, for clients that ask for them. */
final class MicrosecondTimes {

  private static final Set<String> TIMES = Set.of("E", "T", "O", "C", "t");

  private MicrosecondTimes() {}

  /** A copy of the event; in an event of a trade, {@code t} is its number. */
  static ObjectNode of(ObjectNode event) {
    ObjectNode copy = event.deepCopy();
    convert(copy, !event.path("e").asString("").equals("trade"));
    JsonNode candle = copy.get("k");
    if (candle instanceof ObjectNode inner) {
      convert(inner, true);
    }
    return copy;
  }

  private static void convert(ObjectNode node, boolean startIsTime) {
    for (Map.Entry<String, JsonNode> entry : Set.copyOf(node.properties())) {
      boolean isTime =
          TIMES.contains(entry.getKey()) && (startIsTime || !entry.getKey().equals("t"));
      if (isTime && entry.getValue().isIntegralNumber()) {
        node.put(entry.getKey(), entry.getValue().asLong() * 1000);
      }
    }
  }
}
