package dev.tapeline.store.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderUsersTest {

  @TempDir Path folder;

  private FolderUsers enter() throws IOException {
    return FolderUsers.enter(folder, SystemProcesses.OF_THIS_MACHINE);
  }

  /** Enters as a process does that has other process ids: that of another container. */
  private FolderUsers enterFromElsewhere(Path proc) throws IOException {
    Files.createDirectories(proc.resolve("self/ns"));
    Files.createSymbolicLink(proc.resolve("self/ns/pid"), Path.of("pid:[1]"));
    return FolderUsers.enter(folder, new SystemProcesses(proc));
  }

  @Test
  void usersSeeEachOther() throws IOException {
    try (FolderUsers one = enter()) {
      assertFalse(one.findOthers());
      try (FolderUsers other = enter()) {
        assertTrue(one.findOthers() && other.findOthers());
        assertFalse(one.findStrangers());
      }
      assertFalse(one.findOthers());
    }
    assertEquals(List.of(), files());
  }

  @Test
  void whatKilledProcessesLeaveIsRemoved() throws IOException {
    Files.writeString(folder.resolve("1-a"), "");
    Files.writeString(folder.resolve("1-a.world"), "pid:[1]");
    try (FolderUsers one = enter()) {
      assertFalse(one.findStrangers());
      assertEquals(2, files().size());
    }
  }

  @Test
  void processesOfAnotherContainerAreStrangers(@TempDir Path proc) throws IOException {
    try (FolderUsers one = enter();
        FolderUsers stranger = enterFromElsewhere(proc)) {
      assertTrue(one.findStrangers() && stranger.findStrangers());
    }
  }

  @Test
  void aFolderOfAnotherContainerIsRefused(@TempDir Path root, @TempDir Path proc) throws Exception {
    folder = Files.createDirectories(root.resolve("18/users"));
    try (FolderUsers _ = enterFromElsewhere(proc);
        EmbeddedPostgres server = new EmbeddedPostgres(root)) {
      server.start();
      while (!(server.state() instanceof PostgresState.Down)) {
        Thread.sleep(5);
      }
      String reason = ((PostgresState.Down) server.state()).reason();
      assertTrue(reason.contains("in use by a Tapeline of another container"), reason);
      assertFalse(Files.exists(root.resolve("18/data")));
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
