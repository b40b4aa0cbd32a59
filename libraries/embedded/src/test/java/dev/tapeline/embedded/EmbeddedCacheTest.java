package dev.tapeline.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Cache;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EmbeddedCacheTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final int MAX_BYTES = 8_192;

  private final EmbeddedCache cache = new EmbeddedCache(1_000, MAX_BYTES, () -> 0);

  @Test
  void keysLongestWithoutAWriteGoWhereTheBytesAreFull() {
    put("a", 3_000);
    put("b", 3_000);
    put("a", 3_100);
    put("c", 3_000);
    assertEquals(Set.of("a", "c"), all().keySet());
    assertEquals(1, cache.held().evicted());
    assertTrue(cache.held().bytes() <= MAX_BYTES, cache.held().toString());
  }

  @Test
  void listsCountWithAllTheirValues() {
    put("a", 100);
    for (int i = 0; i < 100; i++) {
      cache.write(List.of(new Cache.Write.Append("list", "x".repeat(900), 5, HOUR)));
    }
    assertEquals(Set.of("a", "list"), all().keySet());
    assertEquals(2, cache.held().entries());
    assertTrue(cache.held().bytes() < 6_000, cache.held().toString());
    for (int i = 0; i < 10; i++) {
      cache.write(List.of(new Cache.Write.Append("longer", "x".repeat(900), 10, HOUR)));
    }
    assertEquals(Set.of("longer"), all().keySet());
  }

  @Test
  void whatIsReplacedOrExpiredCountsNoMore() {
    for (int i = 0; i < 100; i++) {
      put("a", 3_000);
    }
    assertEquals(1, cache.held().entries());
    cache.write(List.of(new Cache.Write.Put("a", "x".repeat(3_000), Duration.ZERO)));
    assertEquals(Map.of(), all());
    assertEquals(new StoreStats(0, 0, 0), cache.held());
  }

  private void put(String key, int length) {
    cache.write(List.of(new Cache.Write.Put(key, "x".repeat(length), HOUR)));
  }

  private Map<String, String> all() {
    return cache.getAll(List.of("a", "b", "c", "list", "longer")).toCompletableFuture().join();
  }
}
