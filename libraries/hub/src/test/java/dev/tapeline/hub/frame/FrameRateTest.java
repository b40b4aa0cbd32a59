package dev.tapeline.hub.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameRateTest {

  private static final FrameRate FASTEST = FrameRate.of(FrameRate.MOST);
  private static final FrameRate SLOWEST = FrameRate.of(FrameRate.LEAST);

  @ParameterizedTest
  @ValueSource(
      doubles = {-1, 0, 0.016, 1000.1, Double.NaN, Double.POSITIVE_INFINITY, Double.MAX_VALUE})
  void aLimitHasBounds(double perSecond) {
    Throwable thrown = assertThrows(IllegalArgumentException.class, () -> FrameRate.of(perSecond));
    assertEquals(
        "maxRate is frames a second, from 1/60 to 1000, not " + perSecond, thrown.getMessage());
  }

  @Test
  void noLimitIsAboveEachLimit() {
    assertTrue(FrameRate.UNLIMITED.isUnlimited());
    assertFalse(FASTEST.isUnlimited());
    assertTrue(FrameRate.UNLIMITED.isAtLeast(FASTEST));
    assertFalse(FASTEST.isAtLeast(FrameRate.UNLIMITED));
    assertEquals(FASTEST, FrameRate.UNLIMITED.atMost(FASTEST));
    assertEquals(SLOWEST, SLOWEST.atMost(FASTEST));
  }

  @Test
  void theIntervalIsTheTimeBetweenFrames() {
    assertEquals(0, FrameRate.UNLIMITED.intervalNanos());
    assertEquals(1_000_000, FASTEST.intervalNanos());
    assertEquals(60_000_000_000L, SLOWEST.intervalNanos());
  }

  @Test
  void theMoreGenerousOptionsWin() {
    Options all = Options.all(false, TextEnvelope.INSTANCE);
    Options unlimited = latest(FrameRate.UNLIMITED);
    assertEquals(all, unlimited.or(all));
    assertEquals(unlimited, latest(FASTEST).or(unlimited));
    assertEquals(latest(FASTEST), latest(FASTEST).or(latest(SLOWEST)));
  }

  private static Options latest(FrameRate rate) {
    return new Options(Mode.LATEST, rate, false, TextEnvelope.INSTANCE);
  }
}
