package dev.tapeline.access.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

  private long now;
  private final RateLimiter limiter = new RateLimiter(2, 3, 2, () -> now);

  @Test
  void burstThenRate() {
    for (int i = 0; i < 3; i++) {
      assertEquals(0, limiter.secondsUntilAllowed("a"));
    }
    assertEquals(1, limiter.secondsUntilAllowed("a"));
    now += Duration.ofMillis(500).toNanos();
    assertEquals(0, limiter.secondsUntilAllowed("a"));
    assertEquals(1, limiter.secondsUntilAllowed("a"));
  }

  @Test
  void callersAreIndependent() {
    for (int i = 0; i < 4; i++) {
      limiter.secondsUntilAllowed("a");
    }
    assertEquals(0, limiter.secondsUntilAllowed("b"));
  }

  @Test
  void aCallerMayHaveItsOwnRate() {
    assertEquals(0, limiter.secondsUntilAllowed("a", 1, 1));
    assertEquals(1, limiter.secondsUntilAllowed("a", 1, 1));
    now += Duration.ofSeconds(10).toNanos();
    assertEquals(0, limiter.secondsUntilAllowed("a", 1, 1));
    assertEquals(1, limiter.secondsUntilAllowed("a", 1, 5));
    now += Duration.ofSeconds(2).toNanos();
    assertEquals(0, limiter.secondsUntilAllowed("a", 1, 5));
    assertEquals(0, limiter.secondsUntilAllowed("a", 1, 5));
    assertEquals(1, limiter.secondsUntilAllowed("a", 1, 5));
    assertEquals(0, limiter.secondsUntilAllowed("b"));
  }

  @Test
  void bucketNeverHoldsMoreThanTheBurst() {
    limiter.secondsUntilAllowed("a");
    now += Duration.ofHours(1).toNanos();
    for (int i = 0; i < 3; i++) {
      assertEquals(0, limiter.secondsUntilAllowed("a"));
    }
    assertEquals(1, limiter.secondsUntilAllowed("a"));
  }

  @Test
  void longestUnseenCallerIsForgottenFirst() {
    limiter.secondsUntilAllowed("a");
    limiter.secondsUntilAllowed("b");
    limiter.secondsUntilAllowed("a");
    limiter.secondsUntilAllowed("c");
    assertEquals(2, limiter.callers());
    assertEquals(1, limiter.forgotten());
    assertEquals(0, limiter.secondsUntilAllowed("a"));
    assertEquals(1, limiter.secondsUntilAllowed("a"));
  }
}
