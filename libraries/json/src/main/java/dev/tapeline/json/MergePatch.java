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
   * What makes the second one of the first; empty if no merge patch does, as when a member becomes
   * null, which to a patch means that it goes.
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

  /** Whether the change can be told. */
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

  /** Nulls in arrays stay; those of objects would be taken for members that go. */
  private static boolean hasNull(JsonNode value) {
    return value.isNull()
        || (value.isObject() && value.values().stream().anyMatch(MergePatch::hasNull));
  }
}
