package dev.tapeline.redis.demand;

import dev.tapeline.redis.topology.RedisConnector;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys under which nodes tell their wishes. Nodes fall into groups by their identity; all keys
 * of a group have one slot, so that the groups spread over the masters of a cluster.
 *
 * <p>{@code tapeline:demand:{G}} is the register of group G, {@code tapeline:demand:{G}:NODE:log}
 * the latest changes of a node, {@code tapeline:demand:{G}:NODE:B} a sixteenth of its wishes.
 */
final class DemandKeys {

  static final int GROUPS = 16;
  static final int BUCKETS = 16;

  private final RedisConnector connector;

  DemandKeys(RedisConnector connector) {
    this.connector = connector;
  }

  static int groupOf(String node) {
    return Math.floorMod(node.hashCode(), GROUPS);
  }

  static int bucketOf(String selector) {
    int hash = selector.hashCode();
    return Math.floorMod(hash ^ hash >>> 16, BUCKETS);
  }

  String register(int group) {
    return connector.prefixed("tapeline:demand:{%d}".formatted(group));
  }

  String log(String node) {
    return own(node, "log");
  }

  String bucket(String node, int bucket) {
    return own(node, String.valueOf(bucket));
  }

  private String own(String node, String part) {
    return register(groupOf(node)) + ":" + node + ":" + part;
  }

  /** The register, the log and all buckets. */
  List<String> allOf(String node) {
    List<String> keys = new ArrayList<>(List.of(register(groupOf(node)), log(node)));
    for (int i = 0; i < BUCKETS; i++) {
      keys.add(bucket(node, i));
    }
    return keys;
  }
}
