package dev.tapeline.server.settings.declaration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "1, 1ms",
    "999, 999ms",
    "1000, 1s",
    "1500, 1500ms",
    "59000, 59s",
    "60000, 1m",
    "90000, 90s",
    "3600000, 1h",
    "5400000, 90m",
    "86400000, 24h"
  })
  void aDurationHasTheLargestUnitThatIsWhole(long millis, String text) {
    assertEquals(text, Durations.format(Duration.ofMillis(millis)));
    assertEquals(Optional.of(Duration.ofMillis(millis)), Durations.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "s", "-1s", "1.5s", "1 s", "1S", "1d", "1234567890s", "1s1ms"})
  void otherTextsAreNone(String text) {
    assertEquals(Optional.empty(), Durations.parse(text));
  }
}
