package dev.tapeline.market.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeOfDayTest {

  @Property
  void parsingInvertsPrinting(@ForAll @IntRange(max = 86_400) int seconds) {
    TimeOfDay time = new TimeOfDay(seconds);
    assertEquals(time, TimeOfDay.parse(time.toString()));
  }

  @Property
  void orderIsThatOfTheClock(
      @ForAll @IntRange(max = 86_400) int one, @ForAll @IntRange(max = 86_400) int other) {
    assertEquals(Integer.compare(one, other), new TimeOfDay(one).compareTo(new TimeOfDay(other)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "9:15", "24:01", "24:00:01", "25:00", "09:60", "09:15:60", "0915"})
  void whatIsNoTimeIsRefused(String text) {
    String message =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> TimeOfDay.parse(text)).getMessage());
    assertTrue(message.contains("'" + text + "'") && message.contains("09:15"), message);
  }

  @Test
  void anInstantIsByTheClockOfTheZone() {
    LocalDate date = LocalDate.of(2026, 12, 7);
    ZoneId kolkata = ZoneId.of("Asia/Kolkata");
    assertEquals(Instant.parse("2026-12-07T10:00:00Z"), TimeOfDay.parse("15:30").on(date, kolkata));
    assertEquals(Instant.parse("2026-12-07T18:30:00Z"), TimeOfDay.parse("24:00").on(date, kolkata));
  }
}
