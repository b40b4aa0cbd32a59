package dev.tapeline.server.rest;

import dev.tapeline.core.BusException;
import dev.tapeline.core.Cache;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Reads the cache from a virtual thread, for a limited time. */
final class CacheReader {

  private static final long LIMIT_MILLIS = 2_000;

  private final Cache cache;

  CacheReader(Cache cache) {
    this.cache = cache;
  }

  /**
   * @throws BusException if the cache does not answer in time
   */
  Map<String, String> getAll(List<String> keys) {
    try {
      return cache
          .getAll(keys)
          .toCompletableFuture()
          .orTimeout(LIMIT_MILLIS, TimeUnit.MILLISECONDS)
          .join();
    } catch (CompletionException e) {
      throw new BusException("the cache did not answer", e);
    }
  }
}
