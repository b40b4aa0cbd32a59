package dev.tapeline.store.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The processes of this machine, as far as a data directory is concerned. Linux describes them in
 * {@code /proc}; elsewhere Java's own list has to do, which knows no zombies.
 *
 * @param proc the folder in which Linux describes its processes
 */
record SystemProcesses(Path proc) {

  static final SystemProcesses OF_THIS_MACHINE = new SystemProcesses(Path.of("/proc"));

  /** Whether the process runs. A zombie, which only waits to be reaped, does not. */
  boolean isRunning(long pid) {
    if (!Files.isDirectory(proc)) {
      return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }
    char state = state(pid);
    return state != 'Z' && state != 'X' && state != ' ';
  }

  /** Whether the system still has the process, as a zombie at least. */
  boolean isListed(long pid) {
    return Files.isDirectory(proc)
        ? Files.isDirectory(entry(pid))
        : ProcessHandle.of(pid).isPresent();
  }

  /** The letter that follows the name in parentheses; a space if there is no such process. */
  private char state(long pid) {
    String stat = text(entry(pid).resolve("stat"));
    int end = stat.lastIndexOf(')');
    return end >= 0 && end + 2 < stat.length() ? stat.charAt(end + 2) : ' ';
  }

  /** Whether the process is the server of this data directory: its arguments name it. */
  boolean isServerOf(long pid, Path data) {
    if (!isRunning(pid)) {
      return false;
    }
    if (!Files.isDirectory(proc)) {
      return ProcessHandle.of(pid)
          .flatMap(it -> it.info().command())
          .filter(command -> command.contains("postgres"))
          .isPresent();
    }
    List<String> arguments = arguments(entry(pid));
    return arguments.getFirst().endsWith("postgres") && arguments.contains(data.toString());
  }

  /**
   * Whether any process works in this data directory: a backend whose server has died, or a server
   * that is just being started and has no file yet.
   */
  boolean hasWorkersIn(Path data) {
    try (Stream<Path> entries = Files.list(proc)) {
      return entries
          .filter(entry -> entry.getFileName().toString().matches("[0-9]+"))
          .anyMatch(entry -> isIn(entry, data) || isStarting(entry, data));
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether the process is, or is to become, a server: its program may come behind others. */
  private static boolean isStarting(Path entry, Path data) {
    List<String> arguments = arguments(entry);
    return arguments.contains(data.toString())
        && arguments.stream().anyMatch(argument -> argument.endsWith("/postgres"));
  }

  private static List<String> arguments(Path entry) {
    return List.of(text(entry.resolve("cmdline")).split("\0", -1));
  }

  private static boolean isIn(Path entry, Path data) {
    try {
      return Files.readSymbolicLink(entry.resolve("cwd")).equals(data);
    } catch (IOException e) {
      return false; // it has ended, or belongs to a user whose server can't use our directory
    }
  }

  /** The name of the process ids' own world: each container has another one. */
  String world() {
    try {
      return Files.readSymbolicLink(proc.resolve("self/ns/pid")).toString();
    } catch (IOException e) {
      return "one";
    }
  }

  private Path entry(long pid) {
    return proc.resolve(String.valueOf(pid));
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
