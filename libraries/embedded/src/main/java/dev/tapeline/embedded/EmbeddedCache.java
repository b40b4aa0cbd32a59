package dev.tapeline.embedded;

import dev.tapeline.core.Cache;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The cache within one process, with at most a number of keys and of bytes. The key that was not
 * written for longest is evicted first.
 */
public final class EmbeddedCache implements Cache {

  /** The approximate bytes of a key beside its name and values. */
  private static final int KEY_OVERHEAD = 200;

  /** The approximate bytes of a value beside its characters. */
  private static final int VALUE_OVERHEAD = 48;

  private final int maxKeys;
  private final long maxBytes;
  private final LongSupplier clock;
  private final LinkedHashMap<String, Kept> entries = new LinkedHashMap<>();
  private long bytes;
  private long evicted;

  /** A cache without a bound in bytes. */
  public EmbeddedCache(int maxKeys, LongSupplier clock) {
    this(maxKeys, Long.MAX_VALUE, clock);
  }

  /**
   * @param maxKeys how many keys are kept
   * @param maxBytes about the memory of all keys and values; a single larger key may come on top
   * @param clock milliseconds that only grow
   */
  public EmbeddedCache(int maxKeys, long maxBytes, LongSupplier clock) {
    this.maxKeys = maxKeys;
    this.maxBytes = maxBytes;
    this.clock = clock;
  }

  /**
   * The values of a key, newest first, and when they expire; a plain key has one value.
   *
   * @param bytes about the memory that key and values take
   */
  private record Kept(Deque<String> values, long bytes, long expiresAt) {}

  @Override
  public synchronized CompletionStage<Map<String, String>> getAll(List<String> keys) {
    Map<String, String> found = new LinkedHashMap<>();
    long now = clock.getAsLong();
    for (String key : keys) {
      Kept held = live(key, now);
      if (held != null) {
        found.put(key, held.values().getFirst());
      }
    }
    return CompletableFuture.completedFuture(found);
  }

  @Override
  public synchronized CompletionStage<List<String>> newest(String key, int count) {
    Kept held = live(key, clock.getAsLong());
    List<String> values = held == null ? List.of() : new ArrayList<>(held.values());
    return CompletableFuture.completedFuture(values.subList(0, Math.min(count, values.size())));
  }

  private @Nullable Kept live(String key, long now) {
    Kept held = entries.get(key);
    if (held != null && held.expiresAt() <= now) {
      entries.remove(key);
      bytes -= held.bytes();
      return null;
    }
    return held;
  }

  @Override
  public synchronized CompletionStage<Void> write(List<Write> writes) {
    long now = clock.getAsLong();
    writes.forEach(write -> apply(write, now));
    return CompletableFuture.completedFuture(null);
  }

  private void apply(Write write, long now) {
    switch (write) {
      case Write.Put(String key, String value, var ttl) -> {
        Deque<String> values = new ArrayDeque<>(1);
        values.add(value);
        store(key, values, bytesOf(value), now + ttl.toMillis());
      }
      case Write.Append(String key, String value, int limit, var ttl) -> {
        Kept held = live(key, now);
        Deque<String> values = held == null ? new ArrayDeque<>() : held.values();
        long size = bytesOf(value) + (held == null ? 0 : held.bytes() - bytesOfKey(key));
        values.addFirst(value);
        while (values.size() > limit) {
          size -= bytesOf(values.removeLast());
        }
        store(key, values, size, now + ttl.toMillis());
      }
    }
  }

  private void store(String key, Deque<String> values, long valueBytes, long expiresAt) {
    long size = bytesOfKey(key) + valueBytes;
    Kept before = entries.putLast(key, new Kept(values, size, expiresAt));
    bytes += size - (before == null ? 0 : before.bytes());
    while (entries.size() > 1 && (entries.size() > maxKeys || bytes > maxBytes)) {
      bytes -= entries.pollFirstEntry().getValue().bytes();
      evicted++;
    }
  }

  private static long bytesOfKey(String key) {
    return KEY_OVERHEAD + (long) key.length();
  }

  private static long bytesOf(String value) {
    return VALUE_OVERHEAD + (long) value.length();
  }

  /** What is kept, including expired keys that nobody has asked for. */
  public synchronized StoreStats held() {
    return new StoreStats(entries.size(), bytes, evicted);
  }

  @Override
  public void close() {}
}
