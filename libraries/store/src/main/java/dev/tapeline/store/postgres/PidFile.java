package dev.tapeline.store.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code postmaster.pid} says of the server of a data directory: its process on line 1, its
 * port on line 4, its status on line 8. The server writes the lines one by one, so that the last
 * ones may be missing.
 *
 * @param port 0 as long as it is not written
 * @param status such as {@code starting}, {@code ready}, {@code stopping}; empty if not written
 */
record PidFile(long pid, int port, String status) {

  private static final int PORT_LINE = 3;
  private static final int STATUS_LINE = 7;

  static Path of(Path data) {
    return data.resolve("postmaster.pid");
  }

  /** What the file says; empty if there is none, or its first line is not written yet. */
  static Optional<PidFile> read(Path data) {
    List<String> lines;
    try {
      lines = Files.readAllLines(of(data));
    } catch (IOException e) {
      return Optional.empty();
    }
    long pid = number(lines, 0);
    return pid <= 0
        ? Optional.empty()
        : Optional.of(new PidFile(pid, (int) number(lines, PORT_LINE), text(lines, STATUS_LINE)));
  }

  private static long number(List<String> lines, int index) {
    String text = text(lines, index);
    return text.matches("[0-9]{1,9}") ? Long.parseLong(text) : 0;
  }

  private static String text(List<String> lines, int index) {
    return index < lines.size() ? lines.get(index).strip() : "";
  }

  boolean isReady() {
    return status.equals("ready") || status.equals("standby");
  }
}
