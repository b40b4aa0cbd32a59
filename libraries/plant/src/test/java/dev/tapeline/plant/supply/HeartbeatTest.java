package dev.tapeline.plant.supply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.embedded.EmbeddedCache;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

  private final AtomicLong time = new AtomicLong();
  private final AtomicInteger beats = new AtomicInteger();
  private final EmbeddedCache cache = new EmbeddedCache(10, time::get);

  @Test
  void writesTheInstantAtOnceAndAgain() {
    try (Heartbeat heartbeat =
        new Heartbeat("simulator", cache, this::now, Duration.ofMillis(20))) {
      heartbeat.start();
      await(() -> beats.get() >= 3 && value() != null);
      assertTrue(Instant.parse(value()).getEpochSecond() >= 1_700_000_001L, value());
    }
  }

  @Test
  void livesForAMinute() {
    try (Heartbeat heartbeat = new Heartbeat("simulator", cache, this::now)) {
      heartbeat.start();
      await(() -> value() != null);
      assertEquals("2023-11-14T22:13:21Z", value());
      time.set(59_999);
      assertEquals("2023-11-14T22:13:21Z", value());
      time.set(60_000);
      assertEquals(null, value());
    }
  }

  @Test
  void staysSilentOnceClosed() {
    Heartbeat heartbeat = new Heartbeat("simulator", cache, this::now);
    heartbeat.close();
    heartbeat.start();
    assertEquals(null, value());
    assertEquals(0, beats.get());
  }

  private Instant now() {
    return Instant.ofEpochSecond(1_700_000_000L + beats.incrementAndGet());
  }

  private String value() {
    Map<String, String> found =
        cache.getAll(List.of("market_stream:heartbeat")).toCompletableFuture().join();
    return found.get("market_stream:heartbeat");
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "not within 20 s");
      Thread.onSpinWait();
    }
  }
}
