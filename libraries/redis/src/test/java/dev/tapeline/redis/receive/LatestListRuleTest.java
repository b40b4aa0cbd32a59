package dev.tapeline.redis.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class LatestListRuleTest {

  private final LatestListRule rule = LatestListRule.of("price:*", "recent:");

  @Test
  void theKeyEndsWithWhatTheStarMatches() {
    assertEquals(Optional.of("recent:A:b"), rule.keyOf("price:A:b"));
    assertEquals(Optional.of("recent:"), rule.keyOf("price:"));
    assertEquals(Optional.empty(), rule.keyOf("prices:A"));
  }

  @Test
  void aPatternHasOneStarAtItsEnd() {
    assertThrows(IllegalArgumentException.class, () -> LatestListRule.of("a*b", "recent:"));
    assertThrows(IllegalArgumentException.class, () -> LatestListRule.of("a*b*", "recent:"));
  }
}
