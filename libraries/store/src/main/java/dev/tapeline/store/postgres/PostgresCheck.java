package dev.tapeline.store.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Looks at what the embedded server needs, without starting it. */
public final class PostgresCheck {

  /** The system property that names another folder for the programs. */
  public static final String PROGRAMS = PostgresPrograms.PROPERTY;

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private PostgresCheck() {}

  /**
   * Unpacks the programs if that was not done yet, and tries them as the user that would run them.
   *
   * @return what was found, in words
   * @throws PostgresException saying what to correct
   */
  public static String run(Path root) throws InterruptedException {
    PostgresFolder folder = PostgresFolder.open(root, PostgresPrograms.MAJOR);
    PostgresPrograms programs = PostgresPrograms.in(folder.programs());
    try (FileChannel _ = FileLocks.take(folder.lock())) {
      new DataDirectory(folder).check();
      RunAs as = RunAs.choose(folder);
      ToolRun version = ToolRun.of(as.command(List.of(programs.postgres(), "--version")), LIMIT);
      if (!version.isDone()) {
        throw new PostgresException(
            "PostgreSQL's program does not run here: %s: set DATABASE_URL"
                .formatted(version.problem()));
      }
      return "%s in %s %s; %s"
          .formatted(version.output().strip(), folder.home(), words(as), state(folder));
    } catch (IOException e) {
      throw new PostgresException(
          "the folder %s can't be used: %s".formatted(root, PostgresFolder.reason(e)), e);
    }
  }

  /**
   * Unpacks the programs beforehand, so that the first start need not.
   *
   * @return the folder that {@link #PROGRAMS} has to name for other servers; empty if it is set
   * @throws PostgresException saying what to correct
   */
  public static Optional<String> unpack(Path root) throws InterruptedException {
    PostgresFolder folder = PostgresFolder.open(root, PostgresPrograms.MAJOR);
    var _ = PostgresPrograms.in(folder.programs());
    return System.getProperty(PROGRAMS) == null
        ? Optional.of(folder.programs().toString())
        : Optional.empty();
  }

  private static String words(RunAs as) {
    return switch (as) {
      case RunAs.Itself _ -> "as this user";
      case RunAs.Unshared _ -> "as root in a user namespace";
      case RunAs.Other(String _, int user) -> "as user " + user;
    };
  }

  private static String state(PostgresFolder folder) {
    Optional<PidFile> file = PidFile.read(folder.data());
    return file.filter(it -> SystemProcesses.OF_THIS_MACHINE.isServerOf(it.pid(), folder.data()))
        .map(it -> "it runs, on port " + it.port())
        .orElse("it does not run now");
  }
}
