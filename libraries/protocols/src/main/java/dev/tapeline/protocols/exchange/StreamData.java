package dev.tapeline.protocols.exchange;

import dev.tapeline.hub.message.Message;
import dev.tapeline.hub.message.Payload;
import dev.tapeline.json.Json;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Takes the data out of {@code {"stream":…,"data":…}}, byte for byte. */
final class StreamData {

  private StreamData() {}

  /** The inner data, or the whole payload if it is no such envelope. */
  static byte[] of(Message message) {
    byte[] json = message.payload().json();
    if (message.payload().form() != Payload.Form.JSON || json[0] != '{') {
      return json;
    }
    byte[] inner = inner(json);
    return inner == null ? json : inner;
  }

  private static byte @Nullable [] inner(byte[] json) {
    boolean named = false;
    byte[] data = null;
    try (JsonParser parser = Json.mapper().createParser(json)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        named |= name.equals("stream") && value == JsonToken.VALUE_STRING;
        if (name.equals("data") && value == JsonToken.START_OBJECT) {
          data = Arrays.copyOfRange(json, start, (int) parser.currentLocation().getByteOffset());
        }
      }
      return named ? data : null;
    } catch (JacksonException e) { // nested too deeply, or with numbers too long to read here
      return null;
    }
  }
}
