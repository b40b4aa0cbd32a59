package dev.tapeline.server.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Finding;
import dev.tapeline.server.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseChecksTest {

  @TempDir Path data;

  private static List<Finding> findings(Map<String, String> variables) {
    return new DatabaseChecks(Settings.load(variables, Map.of())).findings();
  }

  @Test
  void theEmbeddedServerIsTried() {
    List<Finding> findings = findings(Map.of("TAPELINE_DATA", data.toString()));
    assertEquals(List.of(Finding.Level.OK), findings.stream().map(Finding::level).toList());
    assertTrue(findings.getFirst().text().startsWith("postgres (PostgreSQL) 18."));
  }

  @Test
  void aFolderThatCannotBeUsedIsNamed() throws Exception {
    Path file = Files.writeString(data.resolve("file"), "");
    Finding finding = findings(Map.of("TAPELINE_DATA", file.toString())).getFirst();
    assertEquals(Finding.Level.WARN, finding.level());
    assertTrue(finding.text().contains("can't be written to"), finding.text());
  }

  @Test
  void aServerThatIsAwayFails() {
    Finding finding =
        findings(Map.of("DATABASE_URL", "postgres://u:hunter2@127.0.0.1:1/d")).getFirst();
    assertEquals(
        new Finding(
            "database server",
            Finding.Level.FAIL,
            "postgres://u@127.0.0.1:1/d: nobody answers there (Connection to 127.0.0.1:1 refused)",
            "correct DATABASE_URL, or start the server it names"),
        finding);
  }
}
