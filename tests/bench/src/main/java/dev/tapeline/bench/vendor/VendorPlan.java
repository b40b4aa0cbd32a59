package dev.tapeline.bench.vendor;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What runs.
 *
 * @param instruments how many are watched
 * @param rate trades of each in a second
 * @param clients how many; each has a share of the instruments, so that each tick goes to one
 * @param warmUp seconds before anything is measured
 * @param seconds how long is measured
 * @param packed whether the vendor puts several packets into a message
 * @param redis the Redis program; null for that of the tests
 */
record VendorPlan(
    int instruments,
    double rate,
    int clients,
    double warmUp,
    double seconds,
    boolean packed,
    @Nullable Path redis) {

  double ticksPerSecond() {
    return instruments * rate;
  }

  /** The first instrument of a client; that of the one behind the last is their number. */
  int first(int client) {
    return (int) ((long) instruments * client / clients);
  }
}
