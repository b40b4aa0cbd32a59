package dev.tapeline.feed.replay;

import java.util.ArrayList;
import java.util.List;

/** Splits a line of CSV. A field may stand in double quotes, in which a quote is written twice. */
public final class CsvLine {

  private static final int MAX_FIELDS = 1_000;

  private CsvLine() {}

  /**
   * The fields of a line.
   *
   * @throws IllegalArgumentException if it is no line of CSV
   */
  public static List<String> split(String line) {
    List<String> fields = new ArrayList<>();
    int at = 0;
    while (at <= line.length()) {
      if (fields.size() == MAX_FIELDS) {
        throw new IllegalArgumentException("over %d fields".formatted(MAX_FIELDS));
      }
      boolean isQuoted = at < line.length() && line.charAt(at) == '"';
      int end = isQuoted ? endOfQuoted(line, at) : endOfPlain(line, at);
      fields.add(
          isQuoted
              ? line.substring(at + 1, end - 1).replace("\"\"", "\"")
              : line.substring(at, end));
      if (end < line.length() && line.charAt(end) != ',') {
        throw new IllegalArgumentException("a field goes on behind its quotes");
      }
      at = end + 1;
    }
    return fields;
  }

  private static int endOfPlain(String line, int begin) {
    int comma = line.indexOf(',', begin);
    return comma < 0 ? line.length() : comma;
  }

  /** The place behind the closing quote. */
  private static int endOfQuoted(String line, int begin) {
    int at = begin + 1;
    while (true) {
      int quote = line.indexOf('"', at);
      if (quote < 0) {
        throw new IllegalArgumentException("a quote that does not end in its line");
      }
      boolean isTwice = quote + 1 < line.length() && line.charAt(quote + 1) == '"';
      if (!isTwice) {
        return quote + 1;
      }
      at = quote + 2;
    }
  }
}
