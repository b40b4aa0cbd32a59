package dev.tapeline.feed.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.FeedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretSourceTest {

  @TempDir Path folder;

  @Test
  void aFileIsReadAgainAtEachUse() throws IOException {
    Path file = folder.resolve("token");
    SecretSource source = SecretSource.ofFile(file);
    Files.writeString(file, "  first\n");
    assertEquals("first", source.get());
    Files.writeString(file, "second\r\n");
    assertEquals("second", source.get());
  }

  @Test
  void aMissingFileIsNamed() {
    Path file = folder.resolve("nowhere");
    FeedException failure =
        assertThrows(FeedException.class, () -> SecretSource.ofFile(file).get());
    assertEquals("the file %s can't be read".formatted(file), failure.getMessage());
  }

  @Test
  void anEmptyFileIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), " \n\t ");
    FeedException failure =
        assertThrows(FeedException.class, () -> SecretSource.ofFile(file).get());
    assertEquals("the file %s has no secret in it".formatted(file), failure.getMessage());
  }

  @Test
  void aFileThatIsNoSecretIsNotRead() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "x".repeat(70_000));
    FeedException failure =
        assertThrows(FeedException.class, () -> SecretSource.ofFile(file).get());
    assertEquals("the file %s is too long for a secret".formatted(file), failure.getMessage());
  }

  @Test
  void aVariableIsRead() {
    assertEquals(System.getenv("PATH").strip(), SecretSource.ofEnvironment("PATH").get());
  }

  @Test
  void aMissingVariableIsNamed() {
    SecretSource source = SecretSource.ofEnvironment("TAPELINE_NO_SUCH_VARIABLE");
    FeedException failure = assertThrows(FeedException.class, source::get);
    assertEquals(
        "the environment variable TAPELINE_NO_SUCH_VARIABLE has no secret in it",
        failure.getMessage());
  }

  @Test
  void textsDoNotShowTheSecret() {
    SecretSource source = SecretSource.ofValue(" hush-hush ");
    assertEquals("hush-hush", source.get());
    assertFalse(source.toString().contains("hush"), source.toString());
    assertTrue(SecretSource.ofEnvironment("PATH").toString().contains("PATH"));
  }
}
