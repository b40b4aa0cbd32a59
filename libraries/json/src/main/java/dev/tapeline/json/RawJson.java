package dev.tapeline.json;

import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Parts of a JSON text as they were written, character for character. */
public final class RawJson {

  private RawJson() {}

  /** The value at which the parser stands; the parser moves behind it. */
  public static String value(String text, JsonParser parser) {
    int begin = (int) parser.currentTokenLocation().getCharOffset();
    parser.skipChildren();
    parser.finishToken();
    int end = (int) parser.currentLocation().getCharOffset();
    return text.substring(begin, end).stripTrailing();
  }

  /**
   * A member of an object or of a nested object; if a name occurs twice, the last one.
   *
   * @param object a valid JSON text
   */
  public static Optional<String> member(String object, String... path) {
    try (JsonParser parser = Json.mapper().createParser(object)) {
      return parser.nextToken() == JsonToken.START_OBJECT
          ? find(object, parser, List.of(path))
          : Optional.empty();
    }
  }

  private static Optional<String> find(String text, JsonParser parser, List<String> path) {
    Optional<String> found = Optional.empty();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean named = parser.currentName().equals(path.getFirst());
      JsonToken token = parser.nextToken();
      if (named && path.size() == 1) {
        found = Optional.of(value(text, parser));
      } else if (named && token == JsonToken.START_OBJECT) {
        found = find(text, parser, path.subList(1, path.size()));
      } else {
        found = named ? Optional.empty() : found;
        parser.skipChildren();
      }
    }
    return found;
  }
}
