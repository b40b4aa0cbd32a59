package dev.tapeline.json;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** The JSON reader and writer of all protocols' control messages. */
public final class Json {

  private static final int MAX_DEPTH = 16;
  private static final int MAX_NUMBER = 32;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(MAX_NUMBER)
                          .build())
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  public static JsonMapper mapper() {
    return MAPPER;
  }

  public static ObjectNode object(String type) {
    return MAPPER.createObjectNode().put("type", type);
  }

  /**
   * Reads a client's message. One member is echoed in the answer exactly as the client wrote it.
   */
  public static JsonNode read(String text, String echoed) {
    JsonNode message = MAPPER.readTree(text);
    if (message instanceof ObjectNode object && object.has(echoed)) {
      RawJson.member(text, echoed).ifPresent(raw -> object.putRawValue(echoed, new RawValue(raw)));
    }
    return message;
  }

  /** The JSON text in UTF-8; half a surrogate pair, which UTF-8 has no bytes for, is escaped. */
  public static byte[] bytes(JsonNode json) {
    return Surrogates.escaped(MAPPER.writeValueAsString(json)).getBytes(StandardCharsets.UTF_8);
  }

  public static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
