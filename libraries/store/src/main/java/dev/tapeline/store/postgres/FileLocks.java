package dev.tapeline.store.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Locks on files, which end with the process that holds them, however it ends. */
final class FileLocks {

  private static final int LOOK_AGAIN_MILLIS = 20;

  private FileLocks() {}

  /** Takes the lock; empty if another process, or another part of this one, has it. */
  static Optional<FileChannel> tryTake(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean taken = false;
    try {
      FileLock lock = channel.tryLock();
      taken = lock != null;
    } catch (OverlappingFileLockException _) {
      taken = false;
    } finally {
      if (!taken) {
        channel.close();
      }
    }
    return taken ? Optional.of(channel) : Optional.empty();
  }

  /** Waits for the lock; closing the channel gives it back. */
  static FileChannel take(Path file) throws IOException, InterruptedException {
    Optional<FileChannel> taken = tryTake(file);
    while (taken.isEmpty()) {
      Thread.sleep(LOOK_AGAIN_MILLIS);
      taken = tryTake(file);
    }
    return taken.get();
  }
}
