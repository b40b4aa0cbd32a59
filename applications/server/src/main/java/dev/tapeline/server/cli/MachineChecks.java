package dev.tapeline.server.cli;

import dev.tapeline.core.Finding;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The checks of the machine: the kernel's limits, the disk. */
final class MachineChecks {

  private static final int BACKLOG = 4_096;
  private static final int OTHER_FILES = 500;
  private static final long MIN_FREE_BYTES = 64L << 20;
  private static final int MAX_SOCKET_DIRECTORY = 60;

  private final Path proc;
  private final Path temp;

  MachineChecks() {
    this(Path.of("/proc"), Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
  }

  /**
   * Checks with other folders than those of this machine.
   *
   * @param proc the folder in which Linux describes itself
   * @param temp the folder of sockets and temporary files
   */
  MachineChecks(Path proc, Path temp) {
    this.proc = proc;
    this.temp = temp;
  }

  List<Finding> check(int maxConnections) {
    return Stream.of(openFiles(maxConnections), backlog(), temp()).toList();
  }

  private Finding openFiles(int maxConnections) {
    int needed = maxConnections + OTHER_FILES;
    Optional<String> limit =
        lines(proc.resolve("self/limits"))
            .filter(line -> line.startsWith("Max open files"))
            .map(line -> line.split(" +", -1)[3])
            .findFirst();
    if (limit.isEmpty()) {
      return Finding.warn(
          "open files", "the limit is unknown", "allow at least " + needed + " (ulimit -n)");
    }
    boolean enough = limit.get().equals("unlimited") || Long.parseLong(limit.get()) >= needed;
    String text = "%s allowed, %d needed for all connections".formatted(limit.get(), needed);
    return enough
        ? Finding.ok("open files", text)
        : Finding.warn(
            "open files",
            text,
            "ulimit -n %d (LimitNOFILE= in systemd), or a smaller max-connections"
                .formatted(needed));
  }

  private Finding backlog() {
    Optional<Integer> most =
        lines(proc.resolve("sys/net/core/somaxconn")).findFirst().map(Integer::valueOf);
    if (most.isEmpty()) {
      return Finding.ok("accept queue", "not reported by this system");
    }
    String text = "net.core.somaxconn is " + most.get();
    return most.get() >= BACKLOG
        ? Finding.ok("accept queue", text)
        : Finding.warn(
            "accept queue",
            text + ": many clients that connect at once may be refused",
            "sysctl -w net.core.somaxconn=" + BACKLOG);
  }

  private Finding temp() {
    String remedy = "set TAPELINE_JAVA_OPTS=-Djava.io.tmpdir=... to a short, writable folder";
    if (!Files.isDirectory(temp) || !Files.isWritable(temp)) {
      return Finding.fail("temporary folder", temp + " can't be written to", remedy);
    }
    if (temp.toString().length() > MAX_SOCKET_DIRECTORY) {
      return Finding.fail("temporary folder", temp + " is too long for a socket", remedy);
    }
    try {
      FileStore store = Files.getFileStore(temp);
      long free = store.getUsableSpace();
      String text = "%s, %d MiB free".formatted(temp, free >> 20);
      return free >= MIN_FREE_BYTES
          ? Finding.ok("temporary folder", text)
          : Finding.warn("temporary folder", text, "free some disk space");
    } catch (IOException e) {
      return Finding.warn("temporary folder", "free space unknown: " + e, remedy);
    }
  }

  /**
   * The lines of a file, read in large pieces: of a kernel setting, only the first piece is true.
   */
  private static Stream<String> lines(Path file) {
    try (BufferedReader in = Files.newBufferedReader(file)) {
      return in.readAllLines().stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }
}
