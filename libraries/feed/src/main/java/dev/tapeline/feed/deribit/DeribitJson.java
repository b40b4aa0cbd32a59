package dev.tapeline.feed.deribit;

import dev.tapeline.market.tick.Decimals;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads Deribit's JSON with exact decimals: no number goes through a double. */
final class DeribitJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private DeribitJson() {}

  /**
   * Reads an object.
   *
   * @throws IllegalArgumentException if it is not one
   */
  static JsonNode read(byte[] buffer, int offset, int length) {
    try {
      JsonNode node = MAPPER.readTree(buffer, offset, length);
      if (node.isObject()) {
        return node;
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not valid JSON: " + e.getOriginalMessage(), e);
    }
    throw new IllegalArgumentException("not a JSON object");
  }

  /** The text of a member; null if it is absent, null or no text. */
  static @Nullable String text(JsonNode node, String name) {
    return node.path(name).stringValue(null);
  }

  /**
   * The number of a member; null if it is absent or null.
   *
   * @throws IllegalArgumentException if it is something else, or out of range
   */
  static @Nullable BigDecimal number(JsonNode node, String name) {
    JsonNode value = node.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    return exact(value, name);
  }

  /**
   * A number.
   *
   * @throws IllegalArgumentException if it is something else, or out of range
   */
  static BigDecimal exact(JsonNode value, String what) {
    if (!value.isNumber()) {
      throw new IllegalArgumentException(what + " is not a number");
    }
    return Decimals.parse(value.decimalValue().toString());
  }

  /**
   * The whole number of a member.
   *
   * @throws IllegalArgumentException if it is absent, negative or something else
   */
  static long whole(JsonNode node, String name) {
    JsonNode value = node.path(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw new IllegalArgumentException(name + " is not a whole number");
    }
    return value.longValue();
  }

  /**
   * A value that has to be there.
   *
   * @throws IllegalArgumentException if it is not
   */
  static <T> T require(@Nullable T value, String name) {
    if (value == null) {
      throw new IllegalArgumentException("no " + name);
    }
    return value;
  }
}
