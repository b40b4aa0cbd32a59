package dev.tapeline.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tapeline.core.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineChecksTest {

  @TempDir Path proc;
  @TempDir Path temp;

  @BeforeEach
  void write() throws IOException {
    write("self/limits", "Max open files            1024                 4096        files\n");
    write("sys/net/core/somaxconn", "4096\n");
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(proc.resolve(name).getParent());
    Files.writeString(proc.resolve(name), text);
  }

  @Test
  void allIsWell() {
    assertEquals(List.of(), problems(500));
  }

  @Test
  void fewFilesAndShortQueueAreWarnings() throws IOException {
    write("sys/net/core/somaxconn", "128\n");
    List<Finding> problems = problems(50_000);
    assertEquals(
        List.of("open files", "accept queue"), problems.stream().map(Finding::subject).toList());
    for (Finding problem : problems) {
      assertEquals(Finding.Level.WARN, problem.level());
      assertFalse(problem.remedy().isEmpty());
    }
  }

  @Test
  void unlimitedFilesAreEnough() throws IOException {
    write("self/limits", "Max open files            unlimited            unlimited   files\n");
    assertEquals(List.of(), problems(1_000_000));
  }

  @Test
  void missingTemporaryFolderFails() {
    List<Finding> problems = new MachineChecks(proc, temp.resolve("none")).check(1);
    Finding last = problems.getLast();
    assertEquals("temporary folder", last.subject());
    assertEquals(Finding.Level.FAIL, last.level());
  }

  private List<Finding> problems(int connections) {
    return new MachineChecks(proc, temp)
        .check(connections).stream().filter(it -> it.level() != Finding.Level.OK).toList();
  }
}
