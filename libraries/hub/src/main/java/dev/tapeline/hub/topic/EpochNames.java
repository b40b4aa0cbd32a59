package dev.tapeline.hub.topic;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Makes names of epochs that are unique, also across restarts. */
final class EpochNames {

  private final String life =
      Long.toString(new SecureRandom().nextLong() >>> 24, Character.MAX_RADIX);
  private final AtomicLong count = new AtomicLong();

  String next() {
    return life + "." + Long.toString(count.incrementAndGet(), Character.MAX_RADIX);
  }
}
