package dev.tapeline.server.settings.part;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The names of sources, by which clients, metrics, leases and keys know them. A source that gets
 * none has that of its kind, and a recording that of its file too.
 */
public final class SourceName {

  /** The name of the invented market. */
  public static final String SIMULATOR = "simulator";

  private static final String REPLAY = "replay-";
  private static final int MAX_LENGTH = 64;

  /** Names that clients know as the bus and as the ticks that others publish on it. */
  private static final Set<String> TAKEN = Set.of("bus", "bus-ticks");

  private SourceName() {}

  /**
   * The name of a recording that gets none: it has the file's name in it, as two recordings are two
   * sources. The folder is left out, as it may be another one on each node.
   */
  public static String ofRecording(Path file) {
    String name = String.valueOf(file.getFileName());
    String allowed = REPLAY + name.replaceAll("[^A-Za-z0-9._-]", "_");
    if (allowed.length() <= MAX_LENGTH) {
      return allowed;
    }
    CRC32 sum = new CRC32();
    sum.update(name.getBytes(StandardCharsets.UTF_8));
    String end = String.format(Locale.ROOT, "-%08x", sum.getValue());
    return allowed.substring(0, MAX_LENGTH - end.length()) + end;
  }

  /**
   * Checks a name that a user gives.
   *
   * @throws IllegalArgumentException if it is none
   */
  static String parse(String text) {
    if (!text.matches("[A-Za-z0-9._-]{1,%d}".formatted(MAX_LENGTH))) {
      throw new IllegalArgumentException(
          "a name has 1 to %d letters, digits and - _ ., unlike '%s'".formatted(MAX_LENGTH, text));
    }
    if (TAKEN.contains(text)) {
      throw new IllegalArgumentException(
          "'%s' is the name of what comes from the bus".formatted(text));
    }
    return text;
  }
}
