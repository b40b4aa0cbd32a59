package dev.tapeline.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The folder with the scripts of {@code src/test/js}, the one of the docs, and the packages that
 * their {@code package.json} names, installed by npm when that file has changed.
 */
final class NodePackages {

  private static final Path SCRIPTS = Path.of("src", "test", "js");
  private static final Path FOLDER = Path.of("target", "npm");
  private static final Path INSTALLED = FOLDER.resolve("installed.json");
  private static final Path DOCS =
      Path.of(System.getProperty("tapeline.root"), "docs", "wire-protocol.md");
  private static final String SCRIPT_BEGIN = "\n```js\n";
  private static final String SCRIPT_END = "\n```\n";
  private static final int INSTALL_MINUTES = 5;

  private static boolean ready;

  private NodePackages() {}

  /** The folder, made ready once. */
  static synchronized Path folder() {
    assertFalse(areMissing(), "no node or npm on the PATH");
    if (!ready) {
      try {
        prepare();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
      ready = true;
    }
    return FOLDER;
  }

  /** Whether Node or npm is not on the path. */
  static boolean areMissing() {
    return !List.of("node", "npm").stream().allMatch(NodePackages::isThere);
  }

  private static boolean isThere(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static void prepare() throws IOException, InterruptedException {
    Files.createDirectories(FOLDER);
    try (Stream<Path> scripts = Files.list(SCRIPTS)) {
      for (Path script : scripts.toList()) {
        Files.copy(
            script, FOLDER.resolve(script.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.writeString(FOLDER.resolve("deltas.mjs"), scriptIn(DOCS));
    Path wanted = SCRIPTS.resolve("package.json");
    if (!Files.exists(INSTALLED) || Files.mismatch(wanted, INSTALLED) >= 0) {
      install();
      Files.copy(wanted, INSTALLED, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** The script of a page of the docs. */
  private static String scriptIn(Path page) throws IOException {
    String text = Files.readString(page);
    int begin = text.indexOf(SCRIPT_BEGIN);
    int end = text.indexOf(SCRIPT_END, begin + 1);
    assertTrue(begin >= 0 && end > begin, "no JavaScript in " + page);
    return text.substring(begin + SCRIPT_BEGIN.length(), end + 1);
  }

  private static void install() throws IOException, InterruptedException {
    Path log = FOLDER.resolve("install.log");
    Process npm =
        new ProcessBuilder(
                "npm",
                "install",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--no-package-lock")
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      boolean ended = npm.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES);
      assertEquals(0, ended ? npm.exitValue() : -1, "npm install: " + Files.readString(log));
    } finally {
      npm.descendants().forEach(ProcessHandle::destroyForcibly);
      npm.destroyForcibly();
    }
  }
}
