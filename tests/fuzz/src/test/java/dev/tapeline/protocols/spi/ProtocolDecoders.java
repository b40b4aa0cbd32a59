package dev.tapeline.protocols.spi;

import static dev.tapeline.fuzz.Findings.check;

import dev.tapeline.fuzz.Input;
import dev.tapeline.json.Json;
import dev.tapeline.json.RawJson;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Parts of the protocols' messages. */
public final class ProtocolDecoders {

  private static final JsonMapper JSON = Json.mapper();

  private ProtocolDecoders() {}

  /** A member of a message as it was written: the first part names it, the second is the object. */
  public static void rawJson(Input input) {
    List<String> parts = input.parts();
    String object = parts.size() < 2 ? "" : parts.get(1);
    String[] path = parts.getFirst().split("/", 3);
    JsonNode tree;
    try {
      tree = JSON.readTree(object);
    } catch (JacksonException e) {
      return;
    }
    JsonNode expected = at(tree, path);
    Optional<String> found = RawJson.member(object, path);
    check(found.isPresent() == !expected.isMissingNode(), "%s, not %s", found, expected);
    found.ifPresent(
        text -> check(JSON.readTree(text).equals(expected), "%s, not %s", text, expected));
  }

  private static JsonNode at(JsonNode tree, String[] path) {
    JsonNode node = tree;
    for (String name : path) {
      node = node.isObject() ? node.path(name) : JSON.missingNode();
    }
    return node;
  }
}
