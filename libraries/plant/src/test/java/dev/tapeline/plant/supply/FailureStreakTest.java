package dev.tapeline.plant.supply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureStreakTest {

  private final FailureStreak streak = new FailureStreak(() -> 0);

  @Test
  void pausesDoubleUpToAMinute() {
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      streak.begin(i);
      streak.add("broken", i);
      pauses.add(streak.drawPauseMillis());
    }
    assertEquals(
        List.of(1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 32_000L, 60_000L, 60_000L, 60_000L),
        pauses);
  }

  @Test
  void chanceShortensAPauseByAHalfAtMost() {
    FailureStreak lucky = new FailureStreak(() -> 1);
    lucky.add("broken", 1);
    assertEquals(500, lucky.drawPauseMillis());
    lucky.add("broken", 2);
    assertEquals(1_000, lucky.drawPauseMillis());
  }

  @Test
  void aRunOfAMinuteEndsTheStreak() {
    streak.begin(0);
    assertTrue(streak.add("broken", 1));
    assertFalse(streak.add("broken", 2));
    assertTrue(streak.add("otherwise", 3));
    streak.begin(10);
    assertTrue(streak.add("otherwise", 10 + FailureStreak.PROVEN_NANOS));
    assertEquals(1_000, streak.drawPauseMillis());
  }
}
