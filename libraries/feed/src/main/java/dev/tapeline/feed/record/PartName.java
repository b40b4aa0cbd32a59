package dev.tapeline.feed.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The name of a file of a recording, as in {@code nse-20261129T0915.tlr}: that of the recording,
 * and the minute when the file began. A further one of the same minute has {@code -2} behind it,
 * and so on. While a file is written, it ends with {@code .part}.
 */
record PartName(String recording, String minute, int number) implements Comparable<PartName> {

  static final String END = ".tlr";
  static final String OPEN = ".part";
  static final String INDEX = ".idx";

  private static final Pattern FORM =
      Pattern.compile("(.+)-(\\d{8}T\\d{4})(?:-(\\d{1,9}))?\\.tlr(?:\\.part)?");
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmm", Locale.ROOT);
  private static final Comparator<PartName> ORDER =
      Comparator.comparing(PartName::minute).thenComparingInt(PartName::number);

  static Optional<PartName> parse(Path file) {
    Matcher form = FORM.matcher(String.valueOf(file.getFileName()));
    if (!form.matches()) {
      return Optional.empty();
    }
    String number = form.group(3);
    return Optional.of(
        new PartName(form.group(1), form.group(2), number == null ? 1 : Integer.parseInt(number)));
  }

  /** All files of a recording in a folder, in order. */
  static List<Path> list(Path folder, String recording) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> parse(file).filter(name -> name.recording.equals(recording)).isPresent())
          .sorted(Comparator.comparing(file -> parse(file).orElseThrow()))
          .toList();
    }
  }

  /**
   * The name of the next file: behind all that are there, whatever the clock says.
   *
   * @param begin when the file begins, epoch ms UTC
   */
  static PartName next(Path folder, String recording, long begin, ZoneId zone) throws IOException {
    String minute = MINUTE.format(Instant.ofEpochMilli(begin).atZone(zone));
    PartName wanted = new PartName(recording, minute, 1);
    return list(folder, recording).stream()
        .flatMap(file -> parse(file).stream())
        .max(Comparator.naturalOrder())
        .filter(last -> last.compareTo(wanted) >= 0)
        .map(last -> new PartName(recording, last.minute, last.number + 1))
        .orElse(wanted);
  }

  @Override
  public int compareTo(PartName other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return recording + "-" + minute + (number == 1 ? "" : "-" + number) + END;
  }
}
