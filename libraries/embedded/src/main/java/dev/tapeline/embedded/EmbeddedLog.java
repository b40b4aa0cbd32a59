package dev.tapeline.embedded;

import dev.tapeline.core.Append;
import dev.tapeline.core.BusException;
import dev.tapeline.core.ChannelLog;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Fence;
import dev.tapeline.core.LogBounds;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The logs within one process, in memory. The bus that owns them delivers the publications. All
 * logs have one epoch until one of them is evicted; the log that has had no publication for longest
 * goes first. After an eviction a log that begins gets a new epoch, because it might be the evicted
 * one.
 *
 * <p>Any thread may call, and waits only for other calls.
 */
public final class EmbeddedLog implements ChannelLog {

  /** The default memory of all logs together. */
  public static final long DEFAULT_MAX_BYTES = 256L << 20;

  static final int MAX_LEASES = 1_000;

  private final int maxChannels;
  private final long maxBytes;
  private final DurableRules rules;
  private final LongSupplier clock;
  private final String life;
  private final Map<String, Long> tokens = new HashMap<>();
  private final LogCounters counters = new LogCounters();

  /** The logs by channel, the longest without a publication first. */
  private final LinkedHashMap<String, BoundedLog> logs = new LinkedHashMap<>();

  private long now;
  private long bytes;

  /**
   * @param maxChannels how many channels have a log
   * @param maxBytes about the memory of all logs together; one channel's idempotency keys and a
   *     single larger publication may come on top
   * @param clock epoch milliseconds UTC; where it goes back, the log's time stands still
   */
  public EmbeddedLog(int maxChannels, long maxBytes, DurableRules rules, LongSupplier clock) {
    this.maxChannels = maxChannels;
    this.maxBytes = maxBytes;
    this.rules = rules;
    this.clock = clock;
    this.life = Long.toString(new SecureRandom().nextLong() >>> 24, Character.MAX_RADIX);
  }

  @Override
  public synchronized boolean keeps(String channel) {
    return logs.containsKey(channel) || rules.isDurable(channel);
  }

  @Override
  public CompletionStage<List<Append.Result>> append(List<Append> appends) {
    try {
      List<Append.Result> results = new ArrayList<>(appends.size());
      appends.forEach(append -> checkDurable(append.publication().channel()));
      appends.forEach(append -> results.add(put(append)));
      return CompletableFuture.completedFuture(results);
    } catch (BusException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * @throws BusException if the channel has no log
   */
  void checkDurable(String channel) {
    if (!keeps(channel)) {
      throw new BusException("the channel '%s' is not durable".formatted(channel));
    }
  }

  /**
   * Logs it, unless its fence, its id or its version, in this order, forbids that.
   *
   * @throws BusException if it comes with one lease more than can be known
   */
  synchronized Append.Result put(Append append) {
    tick();
    Fence fence = append.fence();
    long newest = fence == null ? 0 : stamp(fence);
    if (fence != null && fence.token() < newest) {
      return new Append.Result.Fenced(newest);
    }
    BoundedLog log = obtain(append.publication().channel());
    bytes -= log.bytes();
    Append.Result result = log.append(append, now);
    bytes += log.bytes();
    keepWithinLimits();
    return result;
  }

  private void tick() {
    now = Math.max(now, clock.getAsLong());
  }

  /**
   * Records the token of a lease. Returns the highest token, this one included.
   *
   * @throws BusException if it is one lease more than can be known
   */
  synchronized long stamp(Fence fence) {
    if (tokens.size() >= MAX_LEASES && !tokens.containsKey(fence.lease())) {
      throw new BusException(
          "the lease '%s' is refused: there are %d leases already"
              .formatted(fence.lease(), MAX_LEASES));
    }
    Long seen = tokens.get(fence.lease());
    if (seen != null && seen >= fence.token()) {
      return seen;
    }
    tokens.put(fence.lease(), fence.token());
    return fence.token();
  }

  private BoundedLog obtain(String channel) {
    BoundedLog log = logs.get(channel);
    if (log == null) {
      log = new BoundedLog(nextEpoch(), boundsOf(channel), counters);
      bytes += log.bytes();
    }
    logs.putLast(channel, log);
    return log;
  }

  /** The epoch of logs that begin. */
  private String nextEpoch() {
    return counters.evicted == 0
        ? life
        : life + "." + Long.toString(counters.evicted, Character.MAX_RADIX);
  }

  private LogBounds boundsOf(String channel) {
    LogBounds bounds = rules.ruleFor(channel).orElseThrow().bounds();
    return new LogBounds(bounds.length(), bounds.age(), Math.min(bounds.bytes(), maxBytes));
  }

  /**
   * Evicts the logs that have had no publication for longest, but not the one that has just got
   * one.
   */
  private void keepWithinLimits() {
    while (logs.size() > 1 && (logs.size() > maxChannels || bytes > maxBytes)) {
      Map.Entry<String, BoundedLog> idle = logs.firstEntry();
      trim(idle.getValue());
      if (logs.size() > maxChannels || bytes > maxBytes) {
        logs.remove(idle.getKey());
        bytes -= idle.getValue().bytes();
        counters.evicted++;
      }
    }
  }

  private void trim(BoundedLog log) {
    bytes -= log.bytes();
    log.trim(now);
    bytes += log.bytes();
  }

  @Override
  public CompletionStage<Extract> read(String channel, long after, int limit) {
    return extract(channel, limit, log -> log.after(after, limit));
  }

  @Override
  public CompletionStage<Extract> readSince(String channel, long millis, int limit) {
    return extract(channel, limit, log -> log.since(millis, limit));
  }

  private CompletionStage<Extract> extract(String channel, int limit, Reading reading) {
    if (limit < 0) {
      throw new IllegalArgumentException("a limit is not negative: " + limit);
    }
    try {
      checkDurable(channel);
      return CompletableFuture.completedFuture(take(channel, reading));
    } catch (BusException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Reads a part of a log. */
  private interface Reading {
    Extract of(BoundedLog log);
  }

  private synchronized Extract take(String channel, Reading reading) {
    BoundedLog log = logs.get(channel);
    if (log == null) {
      return new Extract(new Position(nextEpoch(), 0), 1, List.of());
    }
    tick();
    trim(log);
    return reading.of(log);
  }

  /** The top of a durable channel, with the publication there if it is still kept. */
  Extract newest(String channel) {
    return take(channel, log -> log.after(log.top().seq() - 1, 1));
  }

  /** The newest publication of each of these channels. */
  synchronized List<Publication> newestOf(List<String> channels) {
    tick();
    List<Publication> found = new ArrayList<>();
    for (String channel : channels) {
      BoundedLog log = logs.get(channel);
      if (log != null) {
        trim(log);
        addIfKept(log.newest(), found);
      }
    }
    return found;
  }

  private static void addIfKept(@Nullable Publication newest, List<Publication> found) {
    if (newest != null) {
      found.add(newest);
    }
  }

  /** Whether the channel has a log. */
  synchronized boolean has(String channel) {
    return logs.containsKey(channel);
  }

  synchronized List<String> channels() {
    return List.copyOf(logs.keySet());
  }

  /** Whether a log that begins may have had an earlier epoch. */
  synchronized boolean hasEvicted() {
    return counters.evicted > 0;
  }

  public synchronized LogStats stats() {
    return new LogStats(
        logs.size(), bytes, counters.trimmed, counters.evicted, counters.idsForgotten);
  }
}
