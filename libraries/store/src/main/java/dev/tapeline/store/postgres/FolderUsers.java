package dev.tapeline.store.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The processes that use the server of a folder. Each keeps a locked file there, so that the last
 * one to leave knows that it may stop the server. A process that was killed leaves a file without a
 * lock.
 */
final class FolderUsers implements AutoCloseable {

  private static final String WORLD = ".world";

  private final Path folder;
  private final SystemProcesses processes;
  private final Path own;
  private final FileChannel held;

  private FolderUsers(Path folder, SystemProcesses processes, Path own, FileChannel held) {
    this.folder = folder;
    this.processes = processes;
    this.own = own;
    this.held = held;
  }

  /** Enters this process into the folder. */
  static FolderUsers enter(Path folder, SystemProcesses processes) throws IOException {
    String name = "%d-%s".formatted(ProcessHandle.current().pid(), UUID.randomUUID());
    Path own = folder.resolve(name);
    FileChannel held =
        FileLocks.tryTake(own).orElseThrow(() -> new IOException(own + " is locked"));
    Files.writeString(folder.resolve(name + WORLD), processes.world());
    return new FolderUsers(folder, processes, own, held);
  }

  /** Whether other processes use the server; what killed ones have left is removed. */
  boolean findOthers() throws IOException {
    return !living().isEmpty();
  }

  /**
   * Whether a process of another container uses the server: its server can't be seen from here, and
   * a second one would destroy the data.
   */
  boolean findStrangers() throws IOException {
    List<Path> living = living();
    for (Path other : living) {
      if (!world(other).equals(processes.world())) {
        return true;
      }
    }
    return false;
  }

  private String world(Path user) throws IOException {
    Path file = user.resolveSibling(user.getFileName() + WORLD);
    return Files.exists(file)
        ? Files.readString(file, StandardCharsets.UTF_8)
        : processes.world(); // it is just entering
  }

  private List<Path> living() throws IOException {
    List<Path> living = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(it -> !it.toString().endsWith(WORLD)).toList()) {
        if (!file.equals(own) && !removeIfDead(file)) {
          living.add(file);
        }
      }
    }
    return living;
  }

  private static boolean removeIfDead(Path user) throws IOException {
    Optional<FileChannel> lock = FileLocks.tryTake(user);
    if (lock.isEmpty()) {
      return false;
    }
    try (FileChannel _ = lock.get()) {
      remove(user);
    }
    return true;
  }

  private static void remove(Path user) throws IOException {
    Files.deleteIfExists(user.resolveSibling(user.getFileName() + WORLD));
    Files.deleteIfExists(user);
  }

  @Override
  public void close() throws IOException {
    remove(own);
    held.close();
  }
}
