package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tapeline.server.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** The Unix socket between a node's gateway and its REST server. */
@Isolated("it lists the sockets of all servers in this JVM")
@Timeout(60)
class RestSocketTest {

  private static final Map<String, String> SETTINGS =
      Map.of(
          "TAPELINE_BIND_HOST", "127.0.0.1",
          "TAPELINE_API_PORT", "0",
          "REDIS_WS_GATEWAY_PORT", "0");

  @Test
  void isPrivateAndGoesAtTheEnd() throws IOException {
    List<Path> before = sockets();
    List<Path> made;
    try (Tapeline _ = Tapeline.start(Settings.load(SETTINGS, Map.of()), List.of())) {
      made = sockets().stream().filter(path -> !before.contains(path)).toList();
      assertFalse(made.isEmpty());
      for (Path path : made) {
        assertEquals(
            "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
      }
    }
    assertEquals(List.of(), made.stream().filter(Files::exists).toList());
  }

  private static List<Path> sockets() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(path -> path.getFileName().toString().startsWith("tapeline-rest-"))
          .toList();
    }
  }
}
