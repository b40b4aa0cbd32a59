package dev.tapeline.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON objects of publications, with their numbers as they were written. */
public final class ExactJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private ExactJson() {}

  /**
   * Reads an object; null if the text is not an object, is nested too deeply, or has a number that
   * is too long or whose exponent is too large.
   */
  public static @Nullable ObjectNode read(byte[] json) {
    try {
      return MAPPER.readTree(json) instanceof ObjectNode object ? object : null;
    } catch (JacksonException | NumberFormatException e) {
      return null;
    }
  }

  public static byte[] write(JsonNode value) {
    return MAPPER.writeValueAsBytes(value);
  }
}
