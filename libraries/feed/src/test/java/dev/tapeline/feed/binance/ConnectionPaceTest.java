package dev.tapeline.feed.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ConnectionPaceTest {

  private final ConnectionPace pace = new ConnectionPace();

  @Test
  void attemptsWaitAsLongAsTheyWantWhileThereAreFew() {
    for (int i = 0; i < ConnectionPace.MAX_ATTEMPTS; i++) {
      assertEquals(i, pace.book(1000, i));
    }
  }

  @Test
  void moreThanTheLimitWaitUntilFiveMinutesAfterTheOldest() {
    for (int i = 0; i < ConnectionPace.MAX_ATTEMPTS; i++) {
      pace.book(1000 + i, 0);
    }
    assertEquals(299_000, pace.book(2000, 0));
    assertEquals(299_001, pace.book(2000, 1000));
    assertEquals(400_000, pace.book(2000, 400_000));
  }

  @Test
  void afterFiveMinutesAnAttemptIsForgotten() {
    for (int i = 0; i < ConnectionPace.MAX_ATTEMPTS; i++) {
      pace.book(1000, 0);
    }
    assertEquals(0, pace.book(301_000, 0));
  }
}
