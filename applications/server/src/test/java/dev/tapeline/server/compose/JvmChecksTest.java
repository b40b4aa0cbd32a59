package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.core.Finding;
import dev.tapeline.core.Finding.Level;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JvmChecksTest {

  private static List<Level> levels(String version, boolean compactHeaders) {
    return new JvmChecks(Runtime.Version.parse(version), compactHeaders)
        .findings().stream().map(Finding::level).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "25.0.3+9-LTS, OK",
    "25.0.4, OK",
    "25.0.2+10, WARN",
    "25, WARN",
    "26, FAIL",
    "24.0.1, FAIL",
  })
  void aJdkThatIsNotSafeIsNamed(String version, Level level) {
    assertEquals(List.of(level, Level.OK), levels(version, false));
  }

  @Test
  void compactHeadersAreWarnedOf() {
    assertEquals(List.of(Level.OK, Level.WARN), levels("25.0.3", true));
  }

  @Test
  void theJvmOfTheTestsIsSeenAsItIs() {
    assertEquals(new JvmChecks(Runtime.version(), false), JvmChecks.ofThisJvm());
  }
}
