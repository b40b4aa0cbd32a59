package dev.tapeline.fuzz;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The inputs that are kept: those to begin with, and those that have once broken something. */
final class Seeds {

  private Seeds() {}

  /** Those of a decoder, by name. */
  static List<Path> of(Decoder decoder) {
    try (Stream<Path> files = Files.list(folder().resolve(decoder.folder()))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new AssertionError("no seeds of " + decoder, e);
    }
  }

  private static Path folder() {
    try {
      return Path.of(Seeds.class.getResource("/seeds").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
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
