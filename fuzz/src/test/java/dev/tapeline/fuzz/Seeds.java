package dev.tapeline.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The inputs that are kept: those to begin with, and those that have once broken something. */
final class Seeds {

  private static final Path FOLDER = Path.of("src/test/resources/seeds");

  private Seeds() {}

  /** Those of a decoder, by name. */
  static List<Path> of(Decoder decoder) {
    try (Stream<Path> files = Files.list(FOLDER.resolve(decoder.folder()))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new AssertionError("no seeds of " + decoder, e);
    }
  }

  static Input read(Path file) {
    try {
      return new Input(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new AssertionError("a seed that can't be read: " + file, e);
    }
  }
}
