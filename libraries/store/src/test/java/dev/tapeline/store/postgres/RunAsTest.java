package dev.tapeline.store.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tapeline.store.PostgresForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trap of root: PostgreSQL refuses to run as root, so it runs as somebody else. */
class RunAsTest {

  @TempDir Path folder;

  private static void assumeRoot() {
    assumeTrue(RunAs.owner(RunAs.SELF) == RunAs.ROOT, "only root takes another user");
  }

  @Test
  void rootRunsItInANamespace() throws Exception {
    assumeRoot();
    PostgresForTests.fill(folder);
    PostgresFolder opened = PostgresFolder.open(folder, PostgresPrograms.MAJOR);
    RunAs as = RunAs.choose(opened);
    assumeTrue(as instanceof RunAs.Unshared, "user namespaces are not allowed here");
    assertEquals(RunAs.ROOT, ownerOfServer(opened, as));
  }

  @Test
  void rootRunsItAsAnotherUser() throws Exception {
    assumeRoot();
    String setpriv = PostgresPrograms.onPath("setpriv").orElse("");
    assumeTrue(!setpriv.isEmpty(), "setpriv is not installed");
    RunAs.Other nobody = new RunAs.Other(setpriv, RunAs.NOBODY);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    PostgresPrograms programs = PostgresPrograms.in(folder);
    List<String> version = nobody.command(List.of(programs.postgres(), "--version"));
    assumeTrue(
        ToolRun.of(version, Duration.ofSeconds(10)).isDone(),
        "the folder of the tests is closed to other users");
    PostgresFolder opened = PostgresFolder.open(folder, PostgresPrograms.MAJOR);
    assertEquals(RunAs.NOBODY, ownerOfServer(opened, nobody));
    assertEquals(nobody, RunAs.choose(opened), "data stay with their owner");
  }

  private static int ownerOfServer(PostgresFolder opened, RunAs as) throws Exception {
    PostgresPrograms programs = PostgresPrograms.in(opened.programs());
    new DataDirectory(opened).prepare(programs, as);
    Postmaster server =
        new ServerStart(opened, SystemProcesses.OF_THIS_MACHINE).launch(programs, as, 0);
    int owner = RunAs.owner(Path.of("/proc/" + server.pid()));
    PostgresLogin login =
        new PostgresLogin(server.port(), PostgresLogin.USER, new DataDirectory(opened).password());
    assertEquals("1", EmbeddedPostgresTest.ask(login, "select 1"));
    server.stop(programs, as, opened);
    server.awaitEnd();
    return owner;
  }

  @Test
  void usersRunItThemselves() throws Exception {
    PostgresFolder opened = PostgresFolder.open(folder, PostgresPrograms.MAJOR);
    assertInstanceOf(RunAs.Itself.class, RunAs.choose(opened, 1234));
  }

  @Test
  void dataOfAnotherUserAreRefused() throws IOException {
    PostgresFolder opened = PostgresFolder.open(folder, PostgresPrograms.MAJOR);
    Files.createDirectory(opened.data());
    int owner = RunAs.owner(opened.data());
    int other = owner + 1234;
    String message =
        assertThrows(PostgresException.class, () -> RunAs.choose(opened, other)).getMessage();
    assertTrue(
        message.contains("belongs to user %d, and this process is user %d".formatted(owner, other)),
        message);
  }
}
