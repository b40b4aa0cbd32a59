package dev.tapeline.chaos.day;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LevelsTest {

  private static boolean isFlat(LongUnaryOperator values) {
    return Levels.isFlat(LongStream.range(0, 90).map(values).boxed().toList(), 10);
  }

  @Test
  void whatFillsUpAndWhatSwingsIsFlat() {
    assertTrue(isFlat(i -> Math.min(1000, 50 * i)));
    assertTrue(isFlat(i -> 1000 + 300 * (i % 2)));
    assertTrue(isFlat(i -> i == 80 ? 5000 : 1000));
    assertTrue(isFlat(i -> 1000 - i));
  }

  @Test
  void whatGrowsWithoutEndIsNot() {
    assertFalse(isFlat(i -> 1000 + 5 * i));
    assertFalse(isFlat(i -> i));
  }

  @Test
  void aFewValuesSayNothing() {
    assertThrows(IllegalArgumentException.class, () -> Levels.isFlat(List.of(1L, 2L), 0));
    assertEquals(3, Levels.median(List.of(5L, 1L, 3L)));
  }
}
