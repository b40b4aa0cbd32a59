package dev.tapeline.redis.cluster;

import dev.tapeline.redis.address.ClusterAddress;
import dev.tapeline.redis.address.RedisAddress;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.models.partitions.Partitions;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Which node has which slot, as far as it is known. Single slots are corrected when a redirection
 * shows them.
 */
final class ClusterMap {

  static final ClusterMap EMPTY = new ClusterMap(List.of(), List.of());

  private final List<RedisAddress> masters;
  private final List<RedisAddress> sound;
  private final AtomicReferenceArray<@Nullable RedisAddress> slots =
      new AtomicReferenceArray<>(SlotHash.SLOT_COUNT);

  private ClusterMap(List<RedisAddress> masters, List<RedisAddress> sound) {
    this.masters = masters;
    this.sound = sound;
  }

  static ClusterMap of(Partitions partitions, ClusterAddress cluster) {
    List<RedisClusterNode> owners =
        partitions.getPartitions().stream().filter(node -> !node.getSlots().isEmpty()).toList();
    ClusterMap map =
        new ClusterMap(
            owners.stream().map(node -> address(node, cluster)).toList(),
            owners.stream()
                .filter(ClusterMap::isSound)
                .map(node -> address(node, cluster))
                .toList());
    for (RedisClusterNode owner : owners) {
      RedisAddress address = address(owner, cluster);
      owner.getSlots().forEach(slot -> map.slots.set(slot, address));
    }
    return map;
  }

  private static RedisAddress address(RedisClusterNode node, ClusterAddress cluster) {
    return cluster.nodeAt(node.getUri().getHost(), node.getUri().getPort());
  }

  /** Whether the cluster considers the node alive. */
  static boolean isSound(RedisClusterNode node) {
    return !node.is(RedisClusterNode.NodeFlag.FAIL)
        && !node.is(RedisClusterNode.NodeFlag.EVENTUAL_FAIL);
  }

  boolean isEmpty() {
    return masters.isEmpty();
  }

  /** The nodes that have slots. */
  List<RedisAddress> masters() {
    return masters;
  }

  /** The masters that the cluster considers alive; all masters if there are none. */
  List<RedisAddress> sound() {
    return sound.isEmpty() ? masters : sound;
  }

  @Nullable RedisAddress ownerOf(int slot) {
    return slots.get(slot);
  }

  void moved(int slot, RedisAddress owner) {
    slots.set(slot, owner);
  }
}
