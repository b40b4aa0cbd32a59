package dev.tapeline.store.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresCheckTest {

  @TempDir Path folder;

  @Test
  void saysWhatWouldRun() throws Exception {
    String found = PostgresCheck.run(folder);
    assertTrue(found.startsWith("postgres (PostgreSQL) 18."), found);
    assertTrue(found.endsWith("; it does not run now"), found);
  }

  @Test
  void saysWhatIsInTheWay() throws Exception {
    Files.createDirectories(folder.resolve("17/data"));
    Files.writeString(folder.resolve("17/data/PG_VERSION"), "17\n");
    String problem =
        assertThrows(PostgresException.class, () -> PostgresCheck.run(folder)).getMessage();
    assertTrue(problem.contains("holds data of PostgreSQL 17"), problem);
  }

  @Test
  void archivesAreNamedByThePlatform() {
    assertEquals("postgres-linux-x86_64", PostgresPrograms.archive("Linux", "amd64"));
    assertEquals("postgres-linux-arm_64", PostgresPrograms.archive("Linux", "aarch64"));
    assertEquals("postgres-darwin-arm_64", PostgresPrograms.archive("Mac OS X", "aarch64"));
    assertEquals("postgres-windows-x86_64", PostgresPrograms.archive("Windows 11", "amd64"));
  }
}
