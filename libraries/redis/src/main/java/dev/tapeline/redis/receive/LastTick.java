package dev.tapeline.redis.receive;

import dev.tapeline.core.Channel;
import dev.tapeline.core.Selector;
import org.jspecify.annotations.Nullable;

/** Where the newest publication of a tick channel is kept: first in the list of recent ticks. */
final class LastTick {

  private static final String CHANNEL = "market:tick:";
  private static final String KEY = "tick:";

  private LastTick() {}

  /** The list's key; null where none is kept for the selector. */
  static @Nullable String keyOf(Selector selector) {
    return selector instanceof Channel(String name) && name.startsWith(CHANNEL)
        ? KEY + name.substring(CHANNEL.length())
        : null;
  }
}
