package dev.tapeline.redis.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.BusException;
import dev.tapeline.core.Cache.Write;
import dev.tapeline.redis.Await;
import dev.tapeline.redis.RealRedis;
import dev.tapeline.redis.connect.RedisConnectors;
import dev.tapeline.redis.topology.RedisConnector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisCacheTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private static RealRedis redis;
  private static RedisConnector connector;
  private static RedisCache cache;

  @BeforeAll
  static void connect() {
    redis = RealRedis.running();
    connector = RedisConnectors.of(redis.settings().withKeyPrefix("test:"));
    cache = new RedisCache(connector);
    Await.until(cache::isUp);
  }

  @AfterAll
  static void disconnect() {
    cache.close();
    connector.close();
    redis.close();
  }

  @BeforeEach
  void empty() {
    redis.ask("FLUSHALL");
  }

  @Test
  void aKeyWithoutAValueIsLeftOut() {
    get(cache.write(List.of(put("price:A", "1.5"), put("price:C", "₹ 2"))));
    assertEquals(
        Map.of("price:A", "1.5", "price:C", "₹ 2"),
        get(cache.getAll(List.of("price:A", "price:B", "price:C", "price:A"))));
    assertEquals(Map.of(), get(cache.getAll(List.of())));
  }

  @Test
  void valuesComeInTheOrderOfTheirKeysWhateverTheseAreMadeOf() {
    List<String> keys = List.of("price:Z", "price:₹", "price:A", "price: \r\n");
    get(cache.write(keys.stream().map(key -> put(key, "of " + key)).toList()));
    Map<String, String> found = get(cache.getAll(keys));
    assertEquals(keys, List.copyOf(found.keySet()));
    assertEquals(keys.stream().map("of "::concat).toList(), List.copyOf(found.values()));
  }

  @Test
  void keysCarryThePrefixAndExpire() {
    get(cache.write(List.of(put("price:A", "1"), append("tick:A", "x", 5))));
    long price = integer(redis.ask("PTTL test:price:A"));
    long tick = integer(redis.ask("PTTL test:tick:A"));
    assertTrue(price > 25_000 && price <= 30_000, () -> "PTTL " + price);
    assertTrue(tick > 25_000 && tick <= 30_000, () -> "PTTL " + tick);
  }

  @Test
  void whatHasExpiredIsGone() {
    get(cache.write(List.of(new Write.Put("price:A", "1", Duration.ofMillis(50)))));
    Await.until(() -> get(cache.getAll(List.of("price:A"))).isEmpty());
    assertEquals(":0\r\n", redis.ask("EXISTS test:price:A"));
  }

  @Test
  void aListKeepsItsNewestUpToTheLimitNewestFirst() {
    get(cache.write(IntStream.range(0, 10).mapToObj(i -> append("tick:A", "" + i, 4)).toList()));
    assertEquals(List.of("9", "8", "7", "6"), get(cache.newest("tick:A", 100)));
    assertEquals(List.of("9", "8"), get(cache.newest("tick:A", 2)));
    assertEquals(List.of(), get(cache.newest("tick:A", 0)));
    assertEquals(List.of(), get(cache.newest("tick:B", 2)));
    assertEquals(":4\r\n", redis.ask("LLEN test:tick:A"));
  }

  @Test
  void aWriteThatRedisRefusesFailsAndTheOthersStand() {
    get(cache.write(List.of(put("k", "text"))));
    BusException refused = failure(cache.write(List.of(append("k", "x", 3), put("other", "1"))));
    assertTrue(refused.getMessage().contains("WRONGTYPE"), refused::getMessage);
    assertEquals(Map.of("other", "1"), get(cache.getAll(List.of("other"))));
  }

  @Test
  void failsAtOnceWhileRedisIsAway() {
    RealRedis nobody = RealRedis.stopped();
    try (RedisConnector other = RedisConnectors.of(nobody.settings());
        RedisCache away = new RedisCache(other)) {
      String message = failure(away.getAll(List.of("a"))).getMessage();
      assertTrue(message.startsWith("Redis is away"), message);
    }
  }

  @Test
  void whatAFrozenRedisOwesFails() {
    try (RealRedis frozen = RealRedis.running();
        RedisConnector other = RedisConnectors.of(frozen.settings());
        RedisCache silent = new RedisCache(other)) {
      Await.until(silent::isUp);
      frozen.freeze();
      String message = failure(silent.getAll(List.of("a"))).getMessage();
      frozen.thaw();
      assertEquals("Redis went away before it answered", message);
    }
  }

  private static Write put(String key, String value) {
    return new Write.Put(key, value, LONG);
  }

  private static Write append(String key, String value, int limit) {
    return new Write.Append(key, value, limit, LONG);
  }

  private static long integer(String answer) {
    return Long.parseLong(answer.substring(1).trim());
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  private static BusException failure(CompletionStage<?> stage) {
    return assertInstanceOf(
        BusException.class, assertThrows(CompletionException.class, () -> get(stage)).getCause());
  }
}
