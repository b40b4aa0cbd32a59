package dev.tapeline.rest.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketFolderTest {

  @TempDir Path temp;

  @Test
  void whatAKilledServerLeftIsRemoved() throws Exception {
    Path killed = SocketFolder.createIn(temp);
    Path running = SocketFolder.createIn(temp);
    Path starting = SocketFolder.createIn(temp);
    bind(killed).close();
    try (ServerSocketChannel _ = bind(running)) {
      Path own = SocketFolder.createIn(temp);
      assertFalse(Files.exists(killed));
      assertTrue(Files.exists(running.resolve(SocketFolder.SOCKET)));
      assertTrue(Files.exists(starting));
      assertTrue(Files.exists(own));
    }
  }

  private static ServerSocketChannel bind(Path folder) throws Exception {
    return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(folder.resolve(SocketFolder.SOCKET)));
  }

  @Test
  void folderThatTakesNothingIsNamed() throws Exception {
    Path file = Files.createFile(temp.resolve("no-folder"));
    String message =
        assertThrows(DoorException.class, () -> SocketFolder.createIn(file)).getMessage();
    assertTrue(message.startsWith("the temporary folder '" + file + "' can't be written to"));
    assertTrue(message.contains("-Djava.io.tmpdir="), message);
  }

  @Test
  void folderThatIsTooLongIsNamed() throws Exception {
    Path far = Files.createDirectories(temp.resolve("a".repeat(100)));
    String message =
        assertThrows(DoorException.class, () -> SocketFolder.createIn(far)).getMessage();
    assertTrue(message.contains("is too long for a socket"), message);
    assertEquals(0, far.toFile().list().length);
  }
}
