package dev.tapeline.store.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The user that PostgreSQL runs as. PostgreSQL refuses to run as root, so root runs it in a user
 * namespace of its own, or as another user.
 */
sealed interface RunAs {

  int ROOT = 0;

  /** The user "nobody" of most systems. */
  int NOBODY = 65_534;

  /** Belongs to the user of this process, on Linux. */
  Path SELF = Path.of("/proc/self");

  Duration PROBE_LIMIT = Duration.ofSeconds(5);

  /** The command that runs a program as this user. */
  List<String> command(List<String> program);

  /** Makes a file or folder this user's own. */
  void give(Path path) throws IOException;

  /** As the user of this process. */
  record Itself() implements RunAs {

    @Override
    public List<String> command(List<String> program) {
      return program;
    }

    @Override
    public void give(Path path) {}
  }

  /** As root, which has another name and no rights beyond its files in a namespace of its own. */
  record Unshared(String unshare) implements RunAs {

    @Override
    public List<String> command(List<String> program) {
      return joined(List.of(unshare, "-U"), program);
    }

    @Override
    public void give(Path path) {}
  }

  /** As another user, to whom the data belong. */
  record Other(String setpriv, int user) implements RunAs {

    @Override
    public List<String> command(List<String> program) {
      return joined(
          List.of(setpriv, "--reuid=" + user, "--regid=" + user, "--clear-groups"), program);
    }

    @Override
    public void give(Path path) throws IOException {
      Files.setAttribute(path, "unix:uid", user);
      Files.setAttribute(path, "unix:gid", user);
    }
  }

  /**
   * Chooses the user: that of this process, unless it is root. Data that another user owns stay
   * with that user.
   *
   * @throws PostgresException if PostgreSQL can't run here
   */
  static RunAs choose(PostgresFolder folder) throws InterruptedException {
    return choose(folder, owner(Files.exists(SELF) ? SELF : folder.lock()));
  }

  /**
   * Chooses for a process of this user.
   *
   * @param self its number; -1 on systems without such numbers
   */
  static RunAs choose(PostgresFolder folder, int self) throws InterruptedException {
    int owner = Files.exists(folder.data()) ? owner(folder.data()) : self;
    if (self != ROOT) {
      return itself(folder, self, owner);
    }
    if (owner == ROOT) {
      Optional<String> unshare = PostgresPrograms.onPath("unshare");
      if (unshare.isPresent() && isPossible(new Unshared(unshare.get()))) {
        return new Unshared(unshare.get());
      }
      if (Files.exists(folder.data())) {
        throw new PostgresException(
            ("PostgreSQL can't run as root, a user namespace is not allowed here (unshare -U), and"
                    + " %s belongs to root: give it to a user, and run Tapeline as that user")
                .formatted(folder.data()));
      }
    }
    return other(owner == ROOT ? NOBODY : owner);
  }

  private static RunAs itself(PostgresFolder folder, int self, int owner) {
    if (owner != self) {
      throw new PostgresException(
          "%s belongs to user %d, and this process is user %d: run it as user %d, or chown -R %d %s"
              .formatted(folder.data(), owner, self, owner, self, folder.home()));
    }
    return new Itself();
  }

  private static RunAs other(int user) throws InterruptedException {
    Optional<String> setpriv = PostgresPrograms.onPath("setpriv");
    if (setpriv.isPresent() && isPossible(new Other(setpriv.get(), user))) {
      return new Other(setpriv.get(), user);
    }
    throw new PostgresException(
        "PostgreSQL can't run as root, and neither unshare -U nor setpriv works here: run Tapeline"
            + " as another user, or set DATABASE_URL");
  }

  private static boolean isPossible(RunAs as) throws InterruptedException {
    return ToolRun.of(as.command(List.of("true")), PROBE_LIMIT).isDone();
  }

  /** The number of the user that owns a file; -1 on systems without such numbers. */
  static int owner(Path file) {
    try {
      return (Integer) Files.getAttribute(file, "unix:uid");
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException _) {
      return -1;
    }
  }

  private static List<String> joined(List<String> first, List<String> second) {
    return new ArrayList<>(Stream.concat(first.stream(), second.stream()).toList());
  }
}
