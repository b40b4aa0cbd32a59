package dev.tapeline.plant.supply;

import dev.tapeline.core.BusException;
import dev.tapeline.core.Cache;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/**
 * A cache that refuses writes while its writer has no right to write. The owner of the cache closes
 * it.
 */
record GuardedCache(Cache cache, BooleanSupplier allowed) implements Cache {

  @Override
  public CompletionStage<Map<String, String>> getAll(List<String> keys) {
    return cache.getAll(keys);
  }

  @Override
  public CompletionStage<List<String>> newest(String key, int count) {
    return cache.newest(key, count);
  }

  @Override
  public CompletionStage<Void> write(List<Write> writes) {
    return allowed.getAsBoolean()
        ? cache.write(writes)
        : CompletableFuture.failedFuture(new BusException("the lease of the feed is not held"));
  }

  @Override
  public void close() {}
}
