package dev.tapeline.market;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The reference values beside the project, which are never copied into it. */
public final class SharedFiles {

  private SharedFiles() {}

  /** The lines of a file; if it is missing, the test is skipped, or fails where CI=true. */
  public static List<String> lines(String name) {
    Path root = Path.of(System.getProperty("tapeline.root", ".."));
    Path file = root.resolve("../shared/data").resolve(name).normalize();
    if (!Files.exists(file)) {
      String message = "needs %s, which is not there".formatted(file);
      if ("true".equals(System.getenv("CI"))) {
        fail(message);
      }
      abort(message);
    }
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
