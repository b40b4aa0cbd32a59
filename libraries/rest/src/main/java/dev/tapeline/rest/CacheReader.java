package dev.tapeline.rest;

import dev.tapeline.core.BusException;
import dev.tapeline.core.Cache;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

/**
 * Reads the cache from a virtual thread. It needs no time limit of its own: the connection to a
 * silent Redis is closed within three seconds, and each unanswered call fails with it.
 */
final class CacheReader {

  private final Cache cache;

  CacheReader(Cache cache) {
    this.cache = cache;
  }

  /**
   * @throws BusException if the cache has not answered
   */
  Map<String, String> getAll(List<String> keys) {
    try {
      return cache.getAll(keys).toCompletableFuture().join();
    } catch (CompletionException e) {
      throw new BusException("the cache did not answer", e);
    }
  }
}
