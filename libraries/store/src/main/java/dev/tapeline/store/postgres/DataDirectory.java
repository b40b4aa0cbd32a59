package dev.tapeline.store.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data directory of the embedded server: made once, with checksums and a random password, and
 * refused when another major version has written it.
 */
record DataDirectory(PostgresFolder folder) {

  private static final Logger log = LoggerFactory.getLogger(DataDirectory.class);

  private static final Duration MAKING_LIMIT = Duration.ofMinutes(2);
  private static final int PASSWORD_BYTES = 32;

  /**
   * Makes the directory if there is none yet.
   *
   * @throws PostgresException if it is another version's, or can't be made
   */
  void prepare(PostgresPrograms programs, RunAs as) throws IOException, InterruptedException {
    check();
    if (!Files.isDirectory(folder.data())) {
      make(programs, as);
    }
  }

  /**
   * Checks that no other major version has written data here.
   *
   * @throws PostgresException if one has
   */
  void check() throws IOException {
    if (Files.isDirectory(folder.data())) {
      checkVersion();
    } else {
      checkFormerVersions();
    }
  }

  private void checkVersion() throws IOException {
    Path file = folder.data().resolve("PG_VERSION");
    String version = Files.exists(file) ? Files.readString(file).strip() : "no version";
    if (!version.equals(String.valueOf(folder.major()))) {
      throw otherVersion(version, folder.data());
    }
  }

  /** A new, empty directory beside that of a former major version would look like a loss. */
  private void checkFormerVersions() throws IOException {
    try (Stream<Path> others = Files.list(folder.root())) {
      for (Path other : others.filter(it -> !it.equals(folder.home())).toList()) {
        if (Files.exists(other.resolve("data/PG_VERSION"))) {
          throw otherVersion(other.getFileName().toString(), other);
        }
      }
    }
  }

  private PostgresException otherVersion(String version, Path place) {
    return new PostgresException(
        ("%s holds data of PostgreSQL %s, and this Tapeline has PostgreSQL %d: dump them with the"
                + " tools of PostgreSQL %s and load them after a start with another TAPELINE_DATA, or"
                + " move the folder away to begin with an empty database")
            .formatted(place, version, folder.major(), version));
  }

  private void make(PostgresPrograms programs, RunAs as) throws IOException, InterruptedException {
    long began = System.nanoTime();
    Path unfinished = folder.unfinished();
    Path secret = folder.home().resolve("password.new");
    PostgresFolder.remove(unfinished);
    as.give(folder.home());
    writePassword(secret);
    as.give(secret);
    ToolRun run = ToolRun.of(as.command(making(programs, unfinished, secret)), MAKING_LIMIT);
    if (!run.isDone()) {
      PostgresFolder.remove(unfinished);
      throw new PostgresException(
          "the database can't be made in %s: %s: free about 100 MB there and let this user write, or"
                  .formatted(folder.data(), run.problem())
              + " set DATABASE_URL");
    }
    Files.move(secret, folder.password(), StandardCopyOption.ATOMIC_MOVE);
    Files.move(unfinished, folder.data(), StandardCopyOption.ATOMIC_MOVE);
    long millis = (System.nanoTime() - began) / 1_000_000;
    log.info("a database was made in {} in {} ms", folder.data(), millis);
  }

  private static List<String> making(PostgresPrograms programs, Path data, Path secret) {
    return List.of(
        programs.initdb(),
        "--pgdata=" + data,
        "--username=" + PostgresLogin.USER,
        "--auth=scram-sha-256",
        "--pwfile=" + secret,
        "--encoding=UTF-8",
        "--no-locale",
        "--data-checksums");
  }

  private static void writePassword(Path file) throws IOException {
    byte[] bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    String password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Files.deleteIfExists(file);
    Files.createFile(file);
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
    Files.writeString(file, password);
  }

  /**
   * The password of the server's only user.
   *
   * @throws PostgresException if its file is lost
   */
  String password() {
    try {
      return Files.readString(folder.password(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new PostgresException(
          "the password of the database can't be read from %s (%s): bring the file back from a copy"
              .formatted(folder.password(), PostgresFolder.reason(e)),
          e);
    }
  }
}
