package dev.tapeline.hub.slow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Times are in units of a tenth of a step, as it is looked at. */
class LadderTest {

  private static final int STEP = 10;

  private final Ladder ladder = new Ladder(STEP, 0);
  private final List<String> moves = new ArrayList<>();
  private long now;

  private void looks(int count, boolean keptUp, long missing) {
    for (int i = 0; i < count; i++) {
      now++;
      if (ladder.look(keptUp, missing, false, now) != Ladder.Step.NONE) {
        moves.add(now + " " + ladder.tier());
      }
    }
  }

  @Test
  void whoStaysBehindGoesDownStepByStepAndIsClosed() {
    looks(100, false, 1);
    assertEquals(List.of("11 LATEST", "21 SLOWER", "31 SNAPSHOT", "41 CLOSED"), moves);
  }

  @Test
  void whoCatchesUpInBetweenStays() {
    for (int i = 0; i < 10; i++) {
      looks(9, false, 1);
      looks(1, true, 0);
    }
    assertEquals(List.of(), moves);
    assertTrue(ladder.isAtRest());
  }

  @Test
  void whoGainsStays() {
    for (int missing = 100; missing > 0; missing--) {
      looks(5, false, missing);
    }
    assertEquals(List.of(), moves);
    assertFalse(ladder.isAtRest());
  }

  @Test
  void whoIsAboutToLoseWhatAStepWouldSpareGoesDownAtOnceButOnlyOnce() {
    assertEquals(Ladder.Step.DOWN, ladder.look(false, 1, true, 1));
    assertEquals(Tier.LATEST, ladder.tier());
    assertEquals(Ladder.Step.NONE, ladder.look(false, 1, true, 2));
  }

  @Test
  void whoKeepsUpClimbsStepByStep() {
    looks(31, false, 1);
    moves.clear();
    now = 0;
    looks(100, true, 0);
    assertEquals(List.of("21 SLOWER", "41 LATEST", "61 AS_ASKED"), moves);
    assertTrue(ladder.isAtRest());
  }

  @Test
  void whoFallsAfterAClimbWaitsLongerEachTimeUpToABound() {
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      looks(11, false, 1);
      assertEquals(Tier.LATEST, ladder.tier());
      long begun = now;
      while (ladder.tier() != Tier.AS_ASKED) {
        looks(1, true, 0);
      }
      waits.add(now - begun - 1);
    }
    assertEquals(List.of(20L, 40L, 80L, 160L, 160L, 160L), waits);
  }

  @Test
  void afterALongTimeItIsLikeAnyOther() {
    looks(11, false, 1);
    looks(30, true, 0);
    now += 1000;
    looks(11, false, 1);
    long begun = now;
    while (ladder.tier() != Tier.AS_ASKED) {
      looks(1, true, 0);
    }
    assertEquals(20, now - begun - 1);
  }
}
