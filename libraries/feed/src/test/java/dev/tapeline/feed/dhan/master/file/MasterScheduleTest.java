package dev.tapeline.feed.dhan.master.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MasterScheduleTest {

  private static final ZoneId INDIA = MasterFiles.ZONE;

  @ParameterizedTest
  @CsvSource({
    "2026-11-30T00:00, 2026-11-30T08:30",
    "2026-11-30T08:29:59.999, 2026-11-30T08:30",
    "2026-11-30T08:30, 2026-12-01T08:30",
    "2026-11-30T23:59, 2026-12-01T08:30",
  })
  void aLoadThatSucceededIsRepeatedTheNextMorning(String now, String next) {
    assertEquals(india(next), MasterSchedule.nextLoad(india(now), INDIA));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-30T08:30, 2026-11-30T08:40",
    "2026-11-30T08:59, 2026-11-30T09:09",
    "2026-11-30T09:00, 2026-11-30T10:00",
    "2026-11-30T23:30, 2026-12-01T00:30",
    "2026-11-30T07:45, 2026-11-30T08:30",
  })
  void aLoadThatFailedIsRepeatedSoon(String now, String next) {
    assertEquals(india(next), MasterSchedule.nextTry(india(now), INDIA));
  }

  private static Instant india(String time) {
    return LocalDateTime.parse(time).atZone(INDIA).toInstant();
  }
}
