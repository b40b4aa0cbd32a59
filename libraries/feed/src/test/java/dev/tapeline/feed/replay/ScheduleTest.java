package dev.tapeline.feed.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

  private static final long SECOND = 1_000_000_000;
  private static final long DAY = 86_400 * SECOND;
  private static final long T0 = 1_700_000_000 * SECOND;

  @Test
  void recordedGapsAreDividedByTheSpeedAndDoNotAddUp() {
    Schedule schedule = new Schedule(new Pace(3), 500);
    assertEquals(500, schedule.due(T0));
    for (int i = 1; i <= 1000; i++) {
      assertEquals(500 + i * 100L / 3, schedule.due(T0 + i * 100L));
    }
  }

  @Test
  void aPassBeginsASecondAfterTheLastLineOfTheOneBefore() {
    Schedule schedule = new Schedule(new Pace(2), 0);
    long due = 0;
    for (int pass = 0; pass < 100; pass++) {
      assertEquals(due, schedule.due(T0));
      assertEquals(due + 5 * SECOND, schedule.due(T0 + 10 * SECOND));
      schedule.startOver();
      due += 5 * SECOND + SECOND / 2;
    }
  }

  @Test
  void aLittleBackIsDueAtOnceAndChangesNothing() {
    Schedule schedule = new Schedule(new Pace(1), 0);
    schedule.due(T0);
    schedule.due(T0 + 10 * SECOND);
    assertEquals(9 * SECOND, schedule.due(T0 + 9 * SECOND));
    assertEquals(11 * SECOND, schedule.due(T0 + 11 * SECOND));
  }

  @ParameterizedTest
  @ValueSource(longs = {30 * DAY, -30 * DAY, 2 * DAY, 2 * 3600 * SECOND, -2 * 3600 * SECOND})
  void aWrongTimeNeitherStopsNorRacesTheRest(long jump) {
    Schedule schedule = new Schedule(new Pace(1), 0);
    schedule.due(T0);
    schedule.due(T0 + SECOND);
    assertTrue(schedule.isJump(T0 + SECOND + jump));
    assertEquals(SECOND, schedule.due(T0 + SECOND + jump));
    assertEquals(SECOND, schedule.due(T0 + 2 * SECOND));
    assertEquals(2 * SECOND, schedule.due(T0 + 3 * SECOND));
  }

  @Test
  void speedsAreMaxOrOverZero() {
    assertTrue(Pace.parse("max").isMax());
    assertEquals(new Pace(0.5), Pace.parse("0.5"));
    for (String text : new String[] {"0", "-1", "NaN", "fast", ""}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> Pace.parse(text)).getMessage();
      assertTrue(message.contains("over 0"), message);
    }
  }
}
