package dev.tapeline.rest;

import dev.tapeline.core.admin.ChannelReport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Publications a second of channels, from their numbers at an earlier call. May be used from any
 * thread.
 */
final class ChannelRates {

  /** The least time between two samples; closer ones say little. */
  private static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** The greatest age of a sample. */
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(30);

  private Map<String, ChannelReport> before = Map.of();
  private long beforeNanos;
  private Map<String, Double> rates = Map.of();

  /** The rates by channel; those that are not known yet are left out. */
  synchronized Map<String, Double> next(List<ChannelReport> now, long nanos) {
    long elapsed = nanos - beforeNanos;
    if (before.isEmpty() || elapsed >= LEAST_NANOS) {
      rates = elapsed > MOST_NANOS ? Map.of() : since(now, elapsed);
      Map<String, ChannelReport> latest = new HashMap<>();
      now.forEach(one -> latest.put(one.channel(), one));
      before = latest;
      beforeNanos = nanos;
    }
    return rates;
  }

  private Map<String, Double> since(List<ChannelReport> now, long elapsed) {
    Map<String, Double> all = new HashMap<>();
    for (ChannelReport one : now) {
      ChannelReport earlier = before.get(one.channel());
      if (earlier != null && earlier.epoch().equals(one.epoch())) {
        double seconds = (double) elapsed / TimeUnit.SECONDS.toNanos(1);
        all.put(one.channel(), Math.round((one.seq() - earlier.seq()) / seconds * 10) / 10.0);
      }
    }
    return all;
  }
}
