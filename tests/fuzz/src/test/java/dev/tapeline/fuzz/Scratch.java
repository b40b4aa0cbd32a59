package dev.tapeline.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One file that is written again and again, in memory where there is such a place. */
public final class Scratch {

  private static final Path FILE = make();

  private Scratch() {}

  /** The file, with nothing but the input in it. */
  public static Path file(Input input) throws IOException {
    return Files.write(FILE, input.bytes());
  }

  private static Path make() {
    Path memory = Path.of("/dev/shm");
    try {
      Path file =
          Files.isWritable(memory)
              ? Files.createTempFile(memory, "tapeline-fuzz", ".yml")
              : Files.createTempFile("tapeline-fuzz", ".yml");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
