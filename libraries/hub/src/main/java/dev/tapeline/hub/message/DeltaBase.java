package dev.tapeline.hub.message;

import dev.tapeline.json.CanonicalJson;
import dev.tapeline.json.ExactJson;
import dev.tapeline.json.MergePatch;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The value that the next delta of a channel is computed from, once for all readers that share it.
 * Owned by its holder.
 */
public final class DeltaBase {

  /** How often a patch comes with a checksum. */
  static final int CHECKED_PATCHES = 32;

  private @Nullable ObjectNode value;
  private long seq;
  private int patches;

  /**
   * @param message the message with the value; null if there is none yet
   */
  public DeltaBase(@Nullable Message message) {
    if (message != null) {
      value = ExactJson.read(message.payload().json());
      seq = message.seq();
    }
  }

  /** The number of the value's message. */
  public long seq() {
    return seq;
  }

  /**
   * Goes on to a message.
   *
   * @return the changes; empty if they are unknown, or not shorter than the whole value
   */
  public Optional<Patch> next(Message message) {
    ObjectNode before = value;
    ObjectNode after = ExactJson.read(message.payload().json());
    value = after;
    seq = message.seq();
    if (before == null || after == null) {
      return Optional.empty();
    }
    return MergePatch.between(before, after)
        .map(patch -> ExactJson.write(patch))
        .filter(json -> json.length < message.payload().json().length)
        .map(json -> new Patch(json, checksum(after)));
  }

  private @Nullable String checksum(JsonNode after) {
    return ++patches % CHECKED_PATCHES == 0 ? CanonicalJson.checksum(after).orElse(null) : null;
  }
}
