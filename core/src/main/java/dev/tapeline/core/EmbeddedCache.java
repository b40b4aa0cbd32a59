package dev.tapeline.core;

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
 * The cache within one process: at most a number of keys, of which the one longest without a write
 * goes first.
 */
public final class EmbeddedCache implements Cache {

  private final LongSupplier clock;
  private final Map<String, Held> entries;

  /**
   * @param maxKeys how many keys are kept
   * @param clock milliseconds that only grow
   */
  public EmbeddedCache(int maxKeys, LongSupplier clock) {
    this.clock = clock;
    this.entries =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Held> eldest) {
            return size() > maxKeys;
          }
        };
  }

  /** The values of a key, newest first, and when they expire; a plain key has one value. */
  private record Held(Deque<String> values, long expiresAt) {}

  @Override
  public synchronized CompletionStage<Map<String, String>> getAll(List<String> keys) {
    Map<String, String> found = new LinkedHashMap<>();
    for (String key : keys) {
      Held held = live(key);
      if (held != null) {
        found.put(key, held.values().getFirst());
      }
    }
    return CompletableFuture.completedFuture(found);
  }

  @Override
  public synchronized CompletionStage<List<String>> newest(String key, int count) {
    Held held = live(key);
    List<String> values = held == null ? List.of() : new ArrayList<>(held.values());
    return CompletableFuture.completedFuture(values.subList(0, Math.min(count, values.size())));
  }

  private @Nullable Held live(String key) {
    Held held = entries.get(key);
    if (held != null && held.expiresAt() <= clock.getAsLong()) {
      entries.remove(key);
      return null;
    }
    return held;
  }

  @Override
  public synchronized CompletionStage<Void> write(List<Write> writes) {
    writes.forEach(this::apply);
    return CompletableFuture.completedFuture(null);
  }

  private void apply(Write write) {
    switch (write) {
      case Write.Put(String key, String value, var ttl) -> {
        Deque<String> values = new ArrayDeque<>(1);
        values.add(value);
        store(key, values, ttl.toMillis());
      }
      case Write.Append(String key, String value, int limit, var ttl) -> {
        Held held = live(key);
        Deque<String> values = held == null ? new ArrayDeque<>() : held.values();
        values.addFirst(value);
        while (values.size() > limit) {
          values.removeLast();
        }
        store(key, values, ttl.toMillis());
      }
    }
  }

  private void store(String key, Deque<String> values, long ttlMillis) {
    entries.remove(key);
    entries.put(key, new Held(values, clock.getAsLong() + ttlMillis));
  }

  @Override
  public void close() {}
}
