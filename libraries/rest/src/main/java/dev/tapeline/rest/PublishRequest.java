package dev.tapeline.rest;

import dev.tapeline.json.RawJson;
import dev.tapeline.rest.http.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * The body of a publish call, {@code {"channel":…,"data":…}}. The data is a slice of the body, byte
 * for byte: it is read only to find its end and to be sure that it is JSON.
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record PublishRequest(String channel, byte[] data) {

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /**
   * @throws ProblemException naming what is wrong with the body
   */
  static PublishRequest parse(byte[] body) {
    String text = decoded(body);
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      return new Reader(text, parser).read();
    } catch (JacksonException e) {
      throw new ProblemException(
          400,
          "the body is not valid JSON: %s (line %d, column %d)"
              .formatted(
                  e.getOriginalMessage(),
                  e.getLocation().getLineNr(),
                  e.getLocation().getColumnNr()));
    }
  }

  private static String decoded(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw new ProblemException(400, "the body is not valid UTF-8");
    }
  }

  /** Reads one body; used once. */
  private static final class Reader {

    private final String text;
    private final JsonParser parser;
    private @Nullable String channel;
    private @Nullable String data;

    Reader(String text, JsonParser parser) {
      this.text = text;
      this.parser = parser;
    }

    PublishRequest read() {
      expect(parser.nextToken() == JsonToken.START_OBJECT, "the body must be an object");
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        readMember(parser.currentName());
      }
      expect(parser.nextToken() == null, "nothing may follow the object");
      if (channel == null || data == null) {
        throw new ProblemException(400, "both 'channel' and 'data' are needed");
      }
      return new PublishRequest(channel, data.getBytes(StandardCharsets.UTF_8));
    }

    private void readMember(String name) {
      JsonToken token = parser.nextToken();
      switch (name) {
        case "channel" -> {
          expect(token == JsonToken.VALUE_STRING, "'channel' must be a string");
          channel = parser.getString();
        }
        case "data" -> data = RawJson.value(text, parser);
        default ->
            throw new ProblemException(
                400, "unknown member '%s'; allowed are channel, data".formatted(name));
      }
    }

    private static void expect(boolean holds, String what) {
      if (!holds) {
        throw new ProblemException(400, what);
      }
    }
  }
}
