package dev.tapeline.gateway.hub;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a channel's value was, to tell what has changed since: once for all that share it. Owned by
 * whoever holds it.
 */
final class LastValue {

  /** How often a patch comes with a checksum. */
  static final int CHECKED_PATCHES = 32;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private @Nullable ObjectNode value;
  private long seq;
  private int patches;

  LastValue(@Nullable Message message) {
    if (message != null) {
      value = parse(message);
      seq = message.seq();
    }
  }

  /** The number that the value had. */
  long seq() {
    return seq;
  }

  /**
   * Goes on to a message.
   *
   * @return what has changed; empty if it can't be told, or not in fewer bytes than the whole
   */
  Optional<Patch> next(Message message) {
    ObjectNode before = value;
    ObjectNode after = parse(message);
    value = after;
    seq = message.seq();
    if (before == null || after == null) {
      return Optional.empty();
    }
    return MergePatch.between(before, after)
        .map(patch -> JSON.writeValueAsBytes(patch))
        .filter(json -> json.length < message.payload().json().length)
        .map(json -> new Patch(json, checksum(after)));
  }

  private Optional<String> checksum(JsonNode after) {
    return ++patches % CHECKED_PATCHES == 0 ? CanonicalJson.checksum(after) : Optional.empty();
  }

  private static @Nullable ObjectNode parse(Message message) {
    try {
      return JSON.readTree(message.payload().json()) instanceof ObjectNode object ? object : null;
    } catch (JacksonException e) { // beyond what is read, such as a depth: it goes out whole
      return null;
    }
  }
}
