package dev.tapeline.store.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {

  @TempDir Path data;

  private Optional<PidFile> read(String... lines) throws IOException {
    Files.write(PidFile.of(data), List.of(lines));
    return PidFile.read(data);
  }

  @Test
  void linesComeOneByOne() throws IOException {
    assertEquals(Optional.empty(), PidFile.read(data));
    assertEquals(Optional.empty(), read(""));
    assertEquals(Optional.of(new PidFile(42, 0, "")), read("42", "/data", "1700000000"));
    assertEquals(
        Optional.of(new PidFile(42, 5433, "ready")),
        read("42", "/data", "1700000000", "5433", "", "127.0.0.1", "  123 4", "ready   "));
  }

  @Test
  void nonsenseIsNoServer() throws IOException {
    assertEquals(Optional.empty(), read("-7"));
    assertEquals(Optional.empty(), read("forty-two"));
  }
}
