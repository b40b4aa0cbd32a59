package dev.tapeline.simulate.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WeightLimitTest {

  private final AtomicLong now = new AtomicLong();
  private final WeightLimit limit = new WeightLimit(100, now::get);

  private void pass(long seconds) {
    now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  @Test
  void aMinuteHasItsWeight() {
    assertEquals(List.of(200, 200, 429), List.of(limit.use(50), limit.use(50), limit.use(1)));
    pass(20);
    assertEquals(40, limit.waitSeconds());
    pass(40);
    assertEquals(200, limit.use(1));
    assertEquals(1, limit.used());
  }

  @Test
  void whoGoesOnIsBannedForTwoMinutes() {
    limit.use(100);
    List<Integer> statuses = IntStream.range(0, 11).mapToObj(_ -> limit.use(1)).toList();
    assertEquals(List.of(429, 418), statuses.subList(9, 11));
    pass(119);
    assertEquals(418, limit.use(1));
    assertEquals(1, limit.waitSeconds());
    pass(1);
    assertEquals(200, limit.use(1));
  }
}
