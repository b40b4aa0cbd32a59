package dev.tapeline.store.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder of an embedded server: {@code programs/18.6.0} with what is unpacked, and {@code 18}
 * with the data directory, the password, the log and the locks of this major version.
 *
 * @param root a real path, so that all processes name it alike
 * @param major the major version of PostgreSQL, such as 18
 */
record PostgresFolder(Path root, int major) {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  /**
   * Makes the folder where it is missing, and tries to write to it.
   *
   * @throws PostgresException if it can't be written to
   */
  static PostgresFolder open(Path root, int major) {
    try {
      Files.createDirectories(root);
      PostgresFolder folder = new PostgresFolder(root.toRealPath(), major);
      Files.createDirectories(folder.home());
      Files.createDirectories(folder.users());
      Files.createDirectories(folder.programs());
      folder.keepPrivate(folder.home());
      return folder;
    } catch (IOException e) {
      throw new PostgresException(
          ("the folder %s can't be written to (%s): free space or let this user write there, or set"
                  + " another TAPELINE_DATA or a DATABASE_URL")
              .formatted(root, reason(e)),
          e);
    }
  }

  /** What went wrong with a file, without its path where that is all that Java says. */
  static String reason(IOException e) {
    String name = e.getClass().getSimpleName().replace("Exception", "");
    return e instanceof java.nio.file.FileSystemException file && file.getReason() == null
        ? name
        : name + ": " + e.getMessage();
  }

  /** Takes the rights of all but the owner. */
  void keepPrivate(Path path) throws IOException {
    if (Files.getFileStore(path).supportsFileAttributeView("posix")
        && !Files.getPosixFilePermissions(path).equals(OWNER_ONLY)) {
      Files.setPosixFilePermissions(path, OWNER_ONLY);
    }
  }

  /** The folder of this major version. */
  Path home() {
    return root.resolve(String.valueOf(major));
  }

  Path data() {
    return home().resolve("data");
  }

  /** Where a data directory is made; it gets its name when it is whole. */
  Path unfinished() {
    return home().resolve("data.new");
  }

  Path password() {
    return home().resolve("password");
  }

  Path log() {
    return home().resolve("server.log");
  }

  Path lock() {
    return home().resolve("start.lock");
  }

  Path users() {
    return home().resolve("users");
  }

  Path programs() {
    return root.resolve("programs");
  }

  /** Removes a tree; does nothing if there is none. */
  static void remove(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
