package dev.tapeline.bench.rush;

import dev.tapeline.bench.subscriber.SubscribePlan;
import dev.tapeline.redis.address.RedisSettings;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The plan of a run in which clients come and leave at once.
 *
 * @param channels the number of all channels, one run for each
 * @param each the number of each client's own channels
 * @param rate messages a second to a client that stays
 * @param redis what the messages go through; null for the embedded bus
 */
record RushPlan(List<Integer> channels, int each, double rate, @Nullable RedisSettings redis) {

  /** A name that no other run has used. */
  static String prefix() {
    return "bench." + Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36) + ":";
  }

  int clients(int count) {
    return Math.ceilDiv(count, each);
  }

  /** The clients of one run, and three that stay. */
  SubscribePlan all(int count, String prefix) {
    return new SubscribePlan(clients(count) + 3, count + 1, each, prefix, false, 0, 0);
  }

  SubscribePlan stays(String prefix) {
    return new SubscribePlan(1, 1, 1, prefix + "stays:", false, 0, 0);
  }
}
