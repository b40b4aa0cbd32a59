package dev.tapeline.rest.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory of a server's private socket, in the temporary folder. */
final class SocketFolder {

  static final String SOCKET = "rest.sock";

  private static final Logger log = LoggerFactory.getLogger(SocketFolder.class);
  private static final String PREFIX = "tapeline-rest-";
  private static final String REMEDY =
      "set TAPELINE_JAVA_OPTS=-Djava.io.tmpdir=... to a short, writable folder";

  /** The longest path of a socket that the kernel accepts, less its terminator. */
  private static final int MAX_PATH_BYTES = 107;

  private static final long START_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private SocketFolder() {}

  /** Creates a directory in the temporary folder of this process. */
  static Path create() {
    return createIn(Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
  }

  static Path createIn(Path temp) {
    try {
      Path folder =
          Files.createTempDirectory(
              temp,
              PREFIX,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      checkLength(folder);
      removeOthers(temp, folder);
      return folder;
    } catch (IOException e) {
      throw new DoorException(
          "the temporary folder '%s' can't be written to (%s); %s".formatted(temp, e, REMEDY), e);
    }
  }

  private static void checkLength(Path folder) throws IOException {
    Path socket = folder.resolve(SOCKET);
    if (socket.toString().getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
      Files.delete(folder);
      throw new DoorException(
          "the temporary folder '%s' is too long for a socket; %s"
              .formatted(folder.getParent(), REMEDY));
    }
  }

  /** Removes directories in which nobody listens any more, because their servers were killed. */
  private static void removeOthers(Path temp, Path own) {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(temp, PREFIX + "*")) {
      for (Path folder : folders) {
        if (!folder.equals(own) && isLeft(folder, own)) {
          Files.delete(folder.resolve(SOCKET));
          Files.delete(folder);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      log.debug("can't delete a directory of another server: {}", e.toString());
    }
  }

  private static boolean isLeft(Path folder, Path own) throws IOException {
    Path socket = folder.resolve(SOCKET);
    return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(own))
        && Files.exists(socket, LinkOption.NOFOLLOW_LINKS)
        && !isListening(socket)
        && !isListeningSoon(socket);
  }

  /**
   * Whether a server listens, or begins to within a moment: a starting server creates its socket
   * first.
   */
  private static boolean isListeningSoon(Path socket) throws IOException {
    LockSupport.parkNanos(START_NANOS);
    return isListening(socket);
  }

  private static boolean isListening(Path socket) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.configureBlocking(false); // a full queue shows a listener, too
      boolean _ = channel.connect(UnixDomainSocketAddress.of(socket));
      return true;
    } catch (ConnectException e) {
      return false;
    }
  }
}
