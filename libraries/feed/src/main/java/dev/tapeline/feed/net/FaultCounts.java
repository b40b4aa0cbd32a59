package dev.tapeline.feed.net;

import dev.tapeline.feed.FeedFault;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The faults of a feed by their kind. The first of a kind in a minute is logged, with the number of
 * those before it that were not. Thread-safe.
 */
final class FaultCounts {

  /** Takes the kinds beyond the first hundred. */
  static final String OTHER = "other";

  private static final int MAX_KINDS = 100;
  private static final long QUIET_MILLIS = Duration.ofMinutes(1).toMillis();
  private static final Logger log = LoggerFactory.getLogger(LiveFeed.class);

  private final Map<String, Count> counts = new TreeMap<>();

  private static final class Count {

    private long total;
    private long unlogged;
    private long loggedAt = Long.MIN_VALUE;
  }

  /** Counts a fault, and returns it with the kind under which it is counted. */
  synchronized FeedFault count(FeedFault fault, long now) {
    boolean fits = counts.containsKey(fault.kind()) || counts.size() < MAX_KINDS;
    String kind = fits ? fault.kind() : OTHER;
    Count count = counts.computeIfAbsent(kind, _ -> new Count());
    count.total++;
    if (count.loggedAt == Long.MIN_VALUE || now - count.loggedAt >= QUIET_MILLIS) {
      log.warn("{} ({}; {} more of these since the last)", fault, kind, count.unlogged);
      count.loggedAt = now;
      count.unlogged = 0;
    } else {
      count.unlogged++;
    }
    return new FeedFault(fault.source(), kind, fault.line(), fault.reason());
  }

  /** The number of faults of each kind so far. */
  synchronized Map<String, Long> totals() {
    Map<String, Long> totals = new TreeMap<>();
    counts.forEach((kind, count) -> totals.put(kind, count.total));
    return totals;
  }
}
