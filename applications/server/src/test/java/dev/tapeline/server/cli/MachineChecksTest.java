package dev.tapeline.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Finding;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
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
  @EnabledOnOs(OS.LINUX)
  void kernelsOwnSettingIsReadWhole() throws IOException {
    byte[] read = new byte[64];
    int length;
    try (FileInputStream in = new FileInputStream("/proc/sys/net/core/somaxconn")) {
      length = in.read(read);
    }
    String value = new String(read, 0, length, StandardCharsets.US_ASCII).trim();
    Finding queue =
        new MachineChecks(Path.of("/proc"), temp)
            .check(500).stream()
                .filter(finding -> finding.subject().equals("accept queue"))
                .findFirst()
                .orElseThrow();
    assertTrue(queue.text().startsWith("net.core.somaxconn is " + value), queue.text());
    assertTrue(Integer.parseInt(value) > 9, "a value of one digit would not tell");
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
