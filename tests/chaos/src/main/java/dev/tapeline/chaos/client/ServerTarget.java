package dev.tapeline.chaos.client;

import io.lettuce.core.cluster.SlotHash;

/**
 * A channel of the workload.
 *
 * @param way how it is published
 * @param latest whether its kind allows the mode {@code latest}
 */
public record ServerTarget(String channel, Way way, boolean latest) {

  private static final int PARTITIONS = 16;

  /** How publications go to Redis. */
  public enum Way {
    /** By {@code PUBLISH}, on a channel without a log. */
    PLAIN,
    /** By {@code PUBLISH}, on a channel whose log adopts it. */
    ADOPTED,
    /** By {@code tapeline_publish}. */
    CALL;

    public boolean isDurable() {
      return this != PLAIN;
    }
  }

  /** The key that decides at which server it is published. */
  String key() {
    return way == Way.CALL ? partitionKey() : channel;
  }

  /** The key of the channel's partition. */
  public String partitionKey() {
    return "tapeline:{" + SlotHash.getSlot(channel) % PARTITIONS + "}";
  }
}
