package dev.tapeline.plant.watch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small file that several processes may change, such as two nodes with the same folder: one after
 * the other, by a lock file beside it, and each in one step, so that a reader sees the file of
 * before or of after. Not safe for several threads.
 */
final class SharedFile {

  private static final Logger log = LoggerFactory.getLogger(SharedFile.class);

  /** The lock of a file is one of the process, which has its own threads wait here. */
  private static final Object PROCESS = new Object();

  private final Path file;
  private List<Object> seen = List.of();

  /**
   * @param file is made with its folder when there is something to keep
   */
  SharedFile(Path file) {
    this.file = file;
  }

  Path path() {
    return file;
  }

  /** Runs a change while no other process makes one; without a lock where none can be had. */
  void alone(Runnable change) {
    synchronized (PROCESS) {
      Path lock = file.resolveSibling(file.getFileName() + ".lock");
      try (FileChannel channel = open(lock)) {
        if (channel != null) {
          channel.lock(); // until it is closed
        }
        change.run();
      } catch (IOException e) {
        log.warn("{} can't be locked: {}", lock, e.toString());
        change.run();
      }
    }
  }

  private @Nullable FileChannel open(Path lock) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      log.debug("{} can't be made", lock, e); // the write fails too, and says so
      return null;
    }
  }

  /** Whether the file is another one than the one that was read or written last. */
  boolean hasChanged() {
    return !stamp().equals(seen);
  }

  /** What tells a file from one that takes its place; empty if there is none. */
  private List<Object> stamp() {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return List.of(now.lastModifiedTime(), now.size(), String.valueOf(now.fileKey()));
    } catch (IOException _) {
      return List.of();
    }
  }

  /** The text of the file; null if there is none. */
  @Nullable String read() throws IOException {
    seen = stamp();
    return seen.isEmpty() ? null : Files.readString(file);
  }

  void write(String text) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(part, text);
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    seen = stamp();
  }

  /** Moves a file that can't be read out of the way. */
  void putAside() {
    try {
      Files.move(
          file,
          file.resolveSibling(file.getFileName() + ".bad"),
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      log.warn("{} can't be moved either: {}", file, e.getMessage());
    }
  }
}
