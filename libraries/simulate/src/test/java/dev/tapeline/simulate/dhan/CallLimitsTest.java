package dev.tapeline.simulate.dhan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallLimitsTest {

  private final AtomicLong now = new AtomicLong();
  private final CallLimits limits = new CallLimits(now::get);

  private List<Boolean> take(String bucket, int times) {
    return IntStream.range(0, times)
        .mapToObj(_ -> limits.take(bucket, 2, Duration.ofSeconds(1)))
        .toList();
  }

  @Test
  void aBucketHasSoManyPlacesInAnyTimeOfThisLength() {
    assertEquals(List.of(true, true, false), take("a", 3));
    assertEquals(List.of(true), take("b", 1));
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(999));
    assertEquals(List.of(false), take("a", 1));
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
    assertEquals(List.of(true, true, false), take("a", 3));
  }
}
