package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.core.Finding;
import dev.tapeline.server.calendar.CalendarFile;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarChecksTest {

  @ParameterizedTest
  @CsvSource({"2026-12-24, 0", "2026-12-25, 3", "2027-03-01, 3"})
  void aCalendarThatEndsIsWarnedOf(LocalDate today, int warnings) {
    List<Finding> findings = new CalendarChecks(CalendarFile.builtIn(), today).findings();
    assertEquals(warnings, findings.size());
    assertEquals(
        findings.stream().map(_ -> Finding.Level.WARN).toList(),
        findings.stream().map(Finding::level).toList());
  }

  @Test
  void theWarningNamesTheExchangeItsEndAndTheRemedy() {
    LocalDate today = LocalDate.of(2027, 1, 1);
    Finding finding = new CalendarChecks(CalendarFile.builtIn(), today).findings().getFirst();
    assertEquals(
        "the trading days of BSE are known until 2026-12-31; later ones are unknown",
        finding.text());
    assertEquals(
        "write the new holidays and valid-until into the file of TAPELINE_CALENDAR, or update this"
            + " program",
        finding.remedy());
  }
}
