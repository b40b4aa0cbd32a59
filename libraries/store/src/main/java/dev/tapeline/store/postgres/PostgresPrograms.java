package dev.tapeline.store.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's own programs {@code postgres}, {@code initdb} and {@code pg_ctl}. They come as an
 * archive on the class path, in an artifact for each platform, and are unpacked once.
 *
 * @param home has the folders bin, lib and share
 */
record PostgresPrograms(Path home) {

  private static final Logger log = LoggerFactory.getLogger(PostgresPrograms.class);

  /** The version of the archive, such as 18.6.0. */
  static final String VERSION = version();

  static final int MAJOR = Integer.parseInt(VERSION.substring(0, VERSION.indexOf('.')));

  /**
   * The system property that names another folder for the programs, for those who pack or test
   * Tapeline: with the programs unpacked in it, nothing has to be unpacked at the first start.
   */
  static final String PROPERTY = "tapeline.postgres.programs";

  /** The bits of a file's mode that let anybody run it. */
  private static final int RUNNABLE = 0b001_001_001;

  private static String version() {
    try (InputStream in = PostgresPrograms.class.getResourceAsStream("postgres.version")) {
      if (in == null) {
        throw new IllegalStateException("the version of PostgreSQL is missing on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The programs, unpacked if they are not there yet.
   *
   * @param folder where they are by default
   * @throws PostgresException if there is no archive for this platform, or it can't be unpacked
   */
  static PostgresPrograms in(Path folder) throws InterruptedException {
    String given = System.getProperty(PROPERTY);
    Path home = (given == null ? folder : Path.of(given)).toAbsolutePath().resolve(VERSION);
    if (!Files.isDirectory(home)) {
      unpackTo(home);
    }
    return new PostgresPrograms(home);
  }

  private static void unpackTo(Path home) throws InterruptedException {
    try {
      Files.createDirectories(home.resolveSibling(""));
      try (FileChannel _ = FileLocks.take(home.resolveSibling(VERSION + ".lock"))) {
        if (!Files.isDirectory(home)) {
          unpackLocked(home);
        }
      }
    } catch (IOException e) {
      throw new PostgresException(
          "PostgreSQL can't be unpacked to %s (%s): free about 100 MB there, or set DATABASE_URL"
              .formatted(home, PostgresFolder.reason(e)),
          e);
    }
  }

  private static void unpackLocked(Path home) throws IOException {
    long began = System.nanoTime();
    Path unfinished = home.resolveSibling(VERSION + ".new");
    PostgresFolder.remove(unfinished);
    Files.createDirectories(unfinished);
    String archive = archive(System.getProperty("os.name"), System.getProperty("os.arch"));
    try (InputStream packed = open(archive)) {
      unpack(packed, unfinished);
    }
    Files.move(unfinished, home);
    long millis = (System.nanoTime() - began) / 1_000_000;
    log.info("PostgreSQL {} was unpacked to {} in {} ms", VERSION, home, millis);
  }

  private static InputStream open(String archive) {
    ClassLoader classes = PostgresPrograms.class.getClassLoader();
    return Stream.of(archive + ".txz", archive + "-alpine_linux.txz")
        .map(classes::getResourceAsStream)
        .flatMap(Stream::ofNullable)
        .findFirst()
        .orElseThrow(() ->
            new PostgresException(
                "this build has no PostgreSQL for this machine (%s): set DATABASE_URL"
                    .formatted(archive)));
  }

  /** The name of the archive for a platform, as the artifacts have it. */
  static String archive(String system, String machine) {
    String name = system.toLowerCase(Locale.ROOT);
    String family = name.startsWith("mac") ? "darwin" : name.startsWith("win") ? "windows" : name;
    String processor =
        switch (machine) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> machine;
        };
    return "postgres-%s-%s".formatted(family, processor);
  }

  static void unpack(InputStream packed, Path target) throws IOException {
    TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed));
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      Path file = target.resolve(entry.getName()).normalize();
      if (!file.startsWith(target)) {
        throw new IOException("the archive has a path outside of it: " + entry.getName());
      }
      write(entry, tar, file);
    }
  }

  private static void write(TarArchiveEntry entry, TarArchiveInputStream content, Path file)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Files.createDirectories(file.resolveSibling(""));
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(content, file);
    if ((entry.getMode() & RUNNABLE) != 0) {
      file.toFile().setExecutable(true, false);
    }
  }

  /**
   * Removes the programs of other versions from the default folder. Only allowed while no server of
   * them can run there.
   */
  void removeOthers(Path folder) {
    try (Stream<Path> versions = Files.list(folder)) {
      for (Path other : versions.filter(it -> !isOurs(it)).toList()) {
        PostgresFolder.remove(other);
      }
    } catch (IOException e) {
      log.warn("former programs of PostgreSQL can't be removed: {}", e.toString());
    }
  }

  private static boolean isOurs(Path file) {
    return file.getFileName().toString().startsWith(VERSION);
  }

  String postgres() {
    return program("postgres");
  }

  String initdb() {
    return program("initdb");
  }

  String control() {
    return program("pg_ctl");
  }

  private String program(String name) {
    Path plain = home.resolve("bin").resolve(name);
    return (Files.exists(plain) ? plain : plain.resolveSibling(name + ".exe")).toString();
  }

  /** The file of a program that the operating system has; empty if it has none. */
  static Optional<String> onPath(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin");
    return List.of(path.split(java.io.File.pathSeparator)).stream()
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }
}
