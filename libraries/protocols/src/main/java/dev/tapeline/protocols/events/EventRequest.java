package dev.tapeline.protocols.events;

import dev.tapeline.core.Position;
import dev.tapeline.json.Json;
import dev.tapeline.protocols.spi.Opening;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The request for a stream of events.
 *
 * @param channels names and patterns, in order
 * @param options the native protocol's options, the same for each channel
 * @param held the position at which the client lost its stream, by channel
 */
record EventRequest(List<String> channels, ObjectNode options, Map<String, Position> held) {

  static EventRequest of(Opening opening) {
    List<String> channels = channels(opening);
    return new EventRequest(channels, options(opening), held(opening, channels));
  }

  /**
   * The names: {@code channels} separates them by commas, {@code channel} is one name that may
   * contain commas.
   */
  static List<String> channels(Opening opening) {
    Stream<String> listed =
        opening.query().getOrDefault("channels", List.of()).stream()
            .flatMap(list -> Stream.of(list.split(",")));
    Stream<String> single = opening.query().getOrDefault("channel", List.of()).stream();
    return Stream.concat(listed, single).filter(name -> !name.isEmpty()).distinct().toList();
  }

  private static ObjectNode options(Opening opening) {
    ObjectNode options = Json.mapper().createObjectNode();
    opening.parameter("mode").ifPresent(mode -> options.put("mode", mode));
    opening.parameter("maxRate").ifPresent(rate -> putNumber(options, rate));
    putFlag(options, "snapshot", opening.parameter("snapshot").orElse("true"));
    opening.parameter("stamps").ifPresent(flag -> putFlag(options, "stamps", flag));
    opening.parameter("delta").ifPresent(flag -> putFlag(options, "delta", flag));
    return options;
  }

  /** Puts the rate. Anything but a number is put as text, and is rejected later. */
  private static void putNumber(ObjectNode options, String rate) {
    try {
      options.put("maxRate", Double.parseDouble(rate));
    } catch (NumberFormatException e) {
      options.put("maxRate", rate);
    }
  }

  private static void putFlag(ObjectNode options, String name, String value) {
    switch (value) {
      case "true" -> options.put(name, true);
      case "false" -> {} // the default
      default -> options.put(name, value);
    }
  }

  private static Map<String, Position> held(Opening opening, List<String> channels) {
    return opening
        .header("Last-Event-ID")
        .or(() -> opening.parameter("lastEventId"))
        .map(id -> EventId.parse(id, channels))
        .orElse(Map.of());
  }

  /** The native protocol's request with the same channels, options and positions. */
  String subscribe() {
    ObjectNode message = Json.mapper().createObjectNode().put("action", "subscribe");
    ArrayNode items = message.putArray("channels");
    for (String channel : channels) {
      ObjectNode item = items.addObject().put("channel", channel);
      item.setAll(options);
      Position position = held.get(channel);
      if (position != null) {
        item.putObject("recover").put("epoch", position.epoch()).put("seq", position.seq());
      }
    }
    return message.toString();
  }
}
