package dev.tapeline.bench.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what Linux tells about processes and sockets; nothing on other systems. */
final class ProcFiles {

  private static final int PAGE = 4096;
  private static final int KIB = 1024;

  private ProcFiles() {}

  /** The resident memory of a process. */
  static @Nullable Long residentBytes(String process) {
    return numberAfter("/proc/" + process + "/status", "VmRSS:", "", KIB);
  }

  /** The memory that the kernel holds for all TCP sockets of this machine. */
  static @Nullable Long socketBytes() {
    return numberAfter("/proc/net/sockstat", "TCP:", "mem", PAGE);
  }

  /** The number behind a word, in the line that begins with another, in bytes. */
  private static @Nullable Long numberAfter(String file, String line, String word, int unit) {
    return lines(file).stream()
        .filter(text -> text.startsWith(line))
        .map(text -> text.substring(text.indexOf(word, line.length()) + word.length()).strip())
        .map(rest -> rest.split("\\s+", 2)[0])
        .filter(number -> number.matches("[0-9]{1,15}"))
        .map(number -> Long.parseLong(number) * unit)
        .findFirst()
        .orElse(null);
  }

  private static List<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of(file));
    } catch (IOException e) {
      return List.of();
    }
  }
}
