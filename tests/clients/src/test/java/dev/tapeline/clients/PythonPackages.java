package dev.tapeline.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;

/**
 * The packages of PyPI that {@code src/test/python/requirements.txt} names, installed by pip when
 * that file has changed, and the scripts beside it that use them.
 */
final class PythonPackages {

  private static final Path SCRIPTS = Path.of("src", "test", "python");
  private static final Path WANTED = SCRIPTS.resolve("requirements.txt");
  private static final Path FOLDER = Path.of("target", "python");
  private static final Path INSTALLED = FOLDER.resolve("installed.txt");
  private static final String OLDEST = "import sys, pip; sys.exit(sys.version_info < (3, 10))";
  private static final int PATIENCE_MINUTES = 5;

  private static boolean ready;

  private PythonPackages() {}

  /** Starts a script, by its name without the ending, on a server. */
  static NodeClient start(String script, String url) {
    try {
      prepare();
      ProcessBuilder python =
          new ProcessBuilder("python3", SCRIPTS.resolve(script + ".py").toString(), url);
      python.environment().put("PYTHONPATH", FOLDER.toString());
      python.environment().put("PYTHONDONTWRITEBYTECODE", "1");
      return NodeClient.run(python, script, FOLDER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static synchronized void prepare() throws IOException, InterruptedException {
    if (ready) {
      return;
    }
    assertFalse(areMissing(), "no Python 3.10 with pip on the PATH");
    if (!Files.exists(INSTALLED) || Files.mismatch(WANTED, INSTALLED) >= 0) {
      install();
      Files.copy(WANTED, INSTALLED, StandardCopyOption.REPLACE_EXISTING);
    }
    ready = true;
  }

  /** Whether there is no Python 3.10 or newer, with pip, on the path. */
  static boolean areMissing() {
    try {
      Files.createDirectories(FOLDER);
      return exit(new ProcessBuilder("python3", "-c", OLDEST)) != 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static void install() throws IOException, InterruptedException {
    int exit =
        exit(
            new ProcessBuilder(
                "python3",
                "-m",
                "pip",
                "install",
                "--disable-pip-version-check",
                "--upgrade",
                "--target",
                FOLDER.toString(),
                "-r",
                WANTED.toString()));
    assertEquals(0, exit, "pip install: " + Files.readString(log()));
  }

  private static Path log() {
    return FOLDER.resolve("python.log");
  }

  /** Runs a program to its end; -1 if it does not end, or is not there. */
  private static int exit(ProcessBuilder program) throws InterruptedException {
    Process process;
    try {
      process = program.redirectErrorStream(true).redirectOutput(log().toFile()).start();
    } catch (IOException e) {
      return -1;
    }
    try {
      return process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES) ? process.exitValue() : -1;
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
