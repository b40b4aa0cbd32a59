package dev.tapeline.protocols.cable;

import dev.tapeline.json.Json;
import dev.tapeline.json.RawJson;
import dev.tapeline.protocols.spi.RejectedException;
import dev.tapeline.protocols.spi.RequestError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The mapping of Action Cable's channel classes to channels. Its text lists them by comma, such as
 * {@code RoomChannel=room:{id}}.
 */
public record CableMapping(Map<String, ChannelTemplate> templates) {

  /** The word that adds the built-in classes to a mapping. */
  public static final String BUILT_IN = "built-in";

  /** The text of the mapping without classes. */
  public static final String NONE = "none";

  /** The mapping without classes. */
  public static final CableMapping EMPTY = new CableMapping(Map.of());

  /** The key of the class in an identifier. */
  static final String CLASS_KEY = "channel";

  private static final String CLASS_NAME = "[A-Za-z][A-Za-z0-9_:]{0,99}";
  private static final int LONGEST_IDENTIFIER = 512;

  public CableMapping {
    templates = Collections.unmodifiableMap(new LinkedHashMap<>(templates));
  }

  /**
   * Reads a mapping without built-in classes; inverts {@link #toString}.
   *
   * @throws IllegalArgumentException naming the part that is wrong
   */
  public static CableMapping parse(String text) {
    return parse(text, EMPTY);
  }

  /**
   * Reads a mapping. A class that is built in may be mapped anew.
   *
   * @param standard the built-in classes
   * @throws IllegalArgumentException naming the part that is wrong
   */
  public static CableMapping parse(String text, CableMapping standard) {
    Map<String, ChannelTemplate> templates = new LinkedHashMap<>();
    boolean builtIn = false;
    for (String part : text.equals(NONE) ? List.<String>of() : List.of(text.split(",", -1))) {
      if (part.strip().equals(BUILT_IN)) {
        builtIn = true;
      } else if (!part.isBlank()) {
        add(part.strip(), templates);
      }
    }
    if (builtIn) {
      standard.templates.forEach(templates::putIfAbsent);
    }
    return new CableMapping(templates);
  }

  private static void add(String part, Map<String, ChannelTemplate> templates) {
    int equals = part.indexOf('=');
    if (equals < 0 || !part.substring(0, equals).strip().matches(CLASS_NAME)) {
      throw new IllegalArgumentException("'%s' is no CLASS=CHANNEL".formatted(part));
    }
    String name = part.substring(0, equals).strip();
    ChannelTemplate template = ChannelTemplate.parse(part.substring(equals + 1).strip());
    if (templates.put(name, template) != null) {
      throw new IllegalArgumentException("'%s' is there twice".formatted(name));
    }
  }

  /**
   * Reads an identifier: any JSON object with the class and its parameters, which are strings or
   * numbers. Other members are ignored.
   *
   * @throws RejectedException saying why the identifier names no channel
   */
  CableIdentifier read(String identifier) {
    JsonNode keys = object(identifier);
    String name = keys.path(CLASS_KEY).asString("");
    ChannelTemplate template = templates.get(name);
    if (template == null) {
      throw rejected("no channel is mapped to class '" + name + "'");
    }
    List<String> values = new ArrayList<>(template.parameters().size());
    for (String parameter : template.parameters()) {
      values.add(value(identifier, keys, name, parameter));
    }
    boolean common =
        keys.size() == values.size() + 1
            && keys.values().stream().allMatch(JsonNode::isString)
            && Json.mapper().writeValueAsString(keys).equals(identifier);
    try {
      return new CableIdentifier(identifier, template.fill(values), common);
    } catch (IllegalArgumentException e) {
      throw rejected(String.valueOf(e.getMessage()));
    }
  }

  /** The value of a parameter. A number is taken as its text. */
  private static String value(String identifier, JsonNode keys, String name, String parameter) {
    JsonNode value = keys.path(parameter);
    if (value.isString()) {
      return value.stringValue();
    }
    return Optional.of(value)
        .filter(JsonNode::isNumber)
        .flatMap(any -> RawJson.member(identifier, parameter))
        .orElseThrow(() ->
            rejected("%s has the parameter %s, a string or number".formatted(name, parameter)));
  }

  private static JsonNode object(String identifier) {
    if (identifier.length() > LONGEST_IDENTIFIER) {
      throw rejected("an identifier has at most %d characters".formatted(LONGEST_IDENTIFIER));
    }
    try {
      JsonNode keys = Json.mapper().readTree(identifier);
      if (keys.isObject()) {
        return keys;
      }
    } catch (JacksonException e) {
      throw rejected("the identifier is no JSON text: " + e.getOriginalMessage());
    }
    throw rejected("the identifier is no JSON object");
  }

  private static RejectedException rejected(String why) {
    return new RejectedException(RequestError.BAD_CHANNEL, why);
  }

  @Override
  public String toString() {
    return templates.isEmpty()
        ? NONE
        : templates.entrySet().stream()
            .map(entry -> entry.getKey() + '=' + entry.getValue())
            .collect(Collectors.joining(","));
  }
}
