package dev.tapeline.core;

import java.util.List;
import java.util.stream.Stream;

/**
 * Names of channels on which Redis, its sentinels and the nodes talk among themselves: they tell of
 * addresses, of keys, and of what is meant for others. No client reads or writes them.
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

  /** Whether all that it selects are such channels. */
  public static boolean areAll(Selector selector) {
    return PATTERNS.stream().anyMatch(pattern -> pattern.covers(selector));
  }
}
