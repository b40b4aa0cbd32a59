package dev.tapeline.gateway.client;

import static dev.tapeline.gateway.client.AbuseLimit.Offence.FORGIVEN;
import static dev.tapeline.gateway.client.AbuseLimit.Offence.TOO_MANY;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a client may do wrong is a rate, not a count over its lifetime. */
class AbuseLimitTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final AbuseLimit limit = new AbuseLimit();

  @Test
  void whatIsFarApartIsNeverTooMuch() {
    for (long second = 0; second < 10_000; second++) {
      assertEquals(FORGIVEN, limit.count(1, second * SECOND));
    }
  }

  @Test
  void aHundredAtOnceAreForgiven() {
    for (int i = 0; i < 100; i++) {
      assertEquals(FORGIVEN, limit.count(5, 0));
    }
    assertEquals(TOO_MANY, limit.count(5, 0));
    assertEquals(FORGIVEN, limit.count(5, SECOND));
  }

  @Test
  void forLongThereMayBeAsManyASecondAsTheRate() {
    assertEquals(10_000, untilOver(5, 5));
    assertEquals(100 + 500, untilOver(6, 5), 6.0);
  }

  /** How many there may be, so many a second; ten thousand at most. */
  private int untilOver(int perSecond, int rate) {
    AbuseLimit fresh = new AbuseLimit();
    int count = 0;
    while (count < 10_000 && fresh.count(rate, count * SECOND / perSecond) == FORGIVEN) {
      count++;
    }
    return count;
  }
}
