package dev.tapeline.json;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The difference of two JSON objects as a merge patch (RFC 7396), which replaces arrays whole. */
public final class MergePatch {

  private MergePatch() {}

  /**
   * The patch from the first to the second object; empty if there is none, as when a member becomes
   * null, which in a patch removes the member.
   */
  public static Optional<ObjectNode> between(ObjectNode before, ObjectNode after) {
    ObjectNode patch = after.objectNode();
    for (Map.Entry<String, JsonNode> member : after.properties()) {
      if (!putChange(patch, member.getKey(), before.get(member.getKey()), member.getValue())) {
        return Optional.empty();
      }
    }
    for (String name : before.propertyNames()) {
      if (!after.has(name)) {
        patch.putNull(name);
      }
    }
    return Optional.of(patch);
  }

  /** Adds the change to the patch; returns whether a patch can express it. */
  private static boolean putChange(
      ObjectNode patch, String name, @Nullable JsonNode before, JsonNode after) {
    if (after.equals(before)) {
      return true;
    }
    if (before instanceof ObjectNode from && after instanceof ObjectNode to) {
      Optional<ObjectNode> change = between(from, to);
      change.ifPresent(inner -> patch.set(name, inner));
      return change.isPresent();
    }
    patch.set(name, after);
    return !hasNull(after);
  }

  /**
   * Whether an object has a null, which a patch would take for a removed member; nulls in arrays
   * stay.
   */
  private static boolean hasNull(JsonNode value) {
    return value.isNull()
        || (value.isObject() && value.values().stream().anyMatch(MergePatch::hasNull));
  }
}
