package dev.tapeline.feed.replay;

import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.record.ArrivalRecording;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a file to replay holds. */
public enum ReplayFormat {
  /** Lines {@code <receive time, ns> <JSON>} of Binance. */
  BINANCE,
  /** Arrivals, as the command {@code record} has recorded them. */
  RECORD,
  /** Trades with a header. */
  CSV,
  /** Lines {@code <unix seconds>: <message>} of some vendor. */
  LINES;

  /** How many lines are looked at: recorders write addresses and settings in front. */
  private static final int LINES_LOOKED_AT = 100;

  /**
   * Tells the format of a file by its content.
   *
   * @throws FeedException if it is none of them
   */
  public static ReplayFormat detect(Recording recording) {
    Path file = recording.path();
    try {
      if (ArrivalRecording.isRecording(file)) {
        return RECORD;
      }
      if (recording.isZip()) {
        return CSV;
      }
      try (LineReader lines = recording.open()) {
        ReplayFormat found = ofLines(lines);
        if (found != null) {
          return found;
        }
      }
    } catch (IOException e) {
      throw new FeedException(
          "the recording %s can't be read: %s".formatted(file, e.getMessage()), e);
    }
    throw new FeedException(
        ("the format of %s can't be told by its content, so that no line of it can be played; say"
                + " which it is by --format binance, record, csv or lines")
            .formatted(file));
  }

  private static @Nullable ReplayFormat ofLines(LineReader lines) throws IOException {
    boolean first = true;
    for (int i = 0; i < LINES_LOOKED_AT && lines.next(); i++) {
      String text = new String(lines.buffer(), 0, lines.length(), StandardCharsets.UTF_8);
      if (first && isCsv(text)) {
        return CSV;
      }
      first = first && text.isBlank();
      if (RecordedLine.parse(lines.buffer(), lines.length()) instanceof RecordedLine.Frame) {
        return BINANCE;
      }
      if (MessageLine.parse(lines.buffer(), lines.length()) instanceof RecordedLine.Frame) {
        return LINES;
      }
    }
    return null;
  }

  /** Whether the first line is the header of a CSV file: names by comma. */
  private static boolean isCsv(String line) {
    List<String> words = List.of(line.strip().split(",", -1));
    return words.size() > 1
        && words.stream().allMatch(word -> word.matches("\ufeff?\"?\\s*[A-Za-z_][\\w .-]*\"?"));
  }
}
