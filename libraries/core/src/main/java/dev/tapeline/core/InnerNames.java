package dev.tapeline.core;

import java.util.List;
import java.util.stream.Stream;

/**
 * The names of channels that Redis, its sentinels and the nodes use among themselves. They carry
 * addresses, keys and messages for others. No client may read or write them.
 */
public final class InnerNames {

  private static final List<String> OF_REDIS =
      List.of("__sentinel__:", "__keyspace@", "__keyevent@", "__redis__:");
  private static final String OF_NODES = "tapeline:";

  private static final List<Pattern> PATTERNS =
      Stream.concat(OF_REDIS.stream(), Stream.of(OF_NODES))
          .map(prefix -> Pattern.parse(prefix + "*"))
          .toList();

  private InnerNames() {}

  /** Whether Redis itself publishes there. */
  public static boolean isOfRedis(String channel) {
    return channel.startsWith("__") && OF_REDIS.stream().anyMatch(channel::startsWith);
  }

  public static boolean isInner(String channel) {
    return channel.startsWith(OF_NODES) || isOfRedis(channel);
  }

  /** Whether the selector matches such channels only. */
  public static boolean areAll(Selector selector) {
    return PATTERNS.stream().anyMatch(pattern -> pattern.covers(selector));
  }
}
