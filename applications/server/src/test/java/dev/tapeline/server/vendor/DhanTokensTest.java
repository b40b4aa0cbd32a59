package dev.tapeline.server.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.FeedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DhanTokensTest {

  @TempDir Path folder;

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aNewTokenIsInTheFileForItsOwnerAlone() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "old");
    DhanTokens tokens = new DhanTokens(file, () -> true);
    assertEquals("old", tokens.get());
    tokens.keep("new", 0);
    assertEquals("new", tokens.get());
    assertEquals("new\n", Files.readString(file));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(List.of("token"), files());
  }

  @Test
  void aFileThatIsMissingIsMade() throws IOException {
    DhanTokens tokens = new DhanTokens(folder.resolve("token"), () -> true);
    assertThrows(FeedException.class, tokens::get);
    tokens.keep("new", 0);
    assertEquals("new\n", Files.readString(folder.resolve("token")));
  }

  @Test
  void aLinkStaysALink() throws IOException {
    Path target = Files.writeString(folder.resolve("target"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("token"), target);
    new DhanTokens(link, () -> true).keep("new", 0);
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new\n", Files.readString(target));
  }

  @Test
  void aTokenThatCannotBeWrittenIsUsedUntilThereIsAnotherInTheFile() throws IOException {
    Path file = folder.resolve("missing").resolve("token");
    DhanTokens tokens = new DhanTokens(file, () -> true);
    FeedException refused = assertThrows(FeedException.class, () -> tokens.keep("secret", 0));
    assertTrue(refused.getMessage().contains(file + " (NoSuchFileException)"));
    assertFalse(refused.toString().contains("secret"));
    assertEquals("secret", tokens.get());
    Files.createDirectory(file.getParent());
    Files.writeString(file, "of a person");
    assertEquals("of a person", tokens.get());
  }
}
