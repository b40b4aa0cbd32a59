package dev.tapeline.chaos.client;

import dev.tapeline.chaos.ChaosException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the frames of the native protocol, and takes a payload's bytes as they came. */
final class ClientFrameReader {

  static final JsonMapper JSON = new JsonMapper();
  private static final JsonFactory TOKENS = new JsonFactory();

  private ClientFrameReader() {}

  /**
   * A frame.
   *
   * @param digest of the payload; null if there is none
   */
  record Frame(String type, JsonNode fields, @Nullable String digest) {

    String channel() {
      return text("channel");
    }

    String text(String key) {
      return fields.path(key).asString("");
    }

    @Nullable String epoch() {
      return fields.path("epoch").isString() ? fields.path("epoch").stringValue() : null;
    }

    long number(String key) {
      return fields.path(key).asLong(0);
    }

    String payload() {
      if (digest == null) {
        throw new ChaosException("a frame without data: " + fields);
      }
      return digest;
    }
  }

  static Frame read(String text) {
    try {
      JsonNode fields = JSON.readTree(text);
      String type = fields.path("type").asString("");
      return new Frame(type, fields, fields.has("data") ? digest(text, fields) : null);
    } catch (JacksonException e) {
      throw new ChaosException("not a frame: " + text, e);
    }
  }

  private static String digest(String text, JsonNode fields) {
    return switch (fields.path("encoding").asString("")) {
      case "text" -> Digest.of(fields.get("data").stringValue());
      case "base64" -> Digest.of(Base64.getDecoder().decode(fields.get("data").stringValue()));
      default -> Digest.of(raw(text));
    };
  }

  /** The characters of {@code data}, which is an object or a list. */
  private static String raw(String text) {
    try (JsonParser parser = TOKENS.createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean wanted = parser.currentName().equals("data");
        parser.nextToken();
        int begin = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        if (wanted) {
          return text.substring(begin, (int) parser.currentLocation().getCharOffset());
        }
      }
    }
    throw new ChaosException("no data in " + text);
  }
}
