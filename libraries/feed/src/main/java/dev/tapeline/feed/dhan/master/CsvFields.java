package dev.tapeline.feed.dhan.master;

import java.nio.charset.StandardCharsets;

/**
 * The fields of one line of CSV: split at commas, but not within a field in quotes. A quote that is
 * not closed at the end of a field is a character like any other. Used again for each line, by the
 * thread that reads.
 */
final class CsvFields {

  /** Many more than a row of the master has. */
  static final int MAX = 128;

  private final int[] starts = new int[MAX];
  private final int[] ends = new int[MAX];
  private byte[] bytes = new byte[0];
  private int count;

  /** Splits a line. It must not change while the fields are read. */
  void split(byte[] line, int length) {
    bytes = line;
    count = 0;
    int at = 0;
    while (at <= length) {
      int quote = at < length && line[at] == '"' ? closing(at + 1, length) : -1;
      int end = quote < 0 ? comma(at, length) : quote + 1;
      if (quote < 0) {
        add(at, end);
      } else {
        add(at + 1, quote);
      }
      at = end + 1;
    }
  }

  private void add(int start, int end) {
    if (count < MAX) {
      starts[count] = start;
      ends[count] = end;
    }
    count++;
  }

  private int comma(int from, int length) {
    int i = from;
    while (i < length && bytes[i] != ',') {
      i++;
    }
    return i;
  }

  /** The quote that closes a field; -1 if there is none where the field ends. */
  private int closing(int from, int length) {
    int i = from;
    while (i < length) {
      boolean isQuote = bytes[i] == '"';
      if (isQuote && (i + 1 == length || bytes[i + 1] == ',')) {
        return i;
      }
      if (isQuote && bytes[i + 1] != '"') {
        return -1;
      }
      i += isQuote ? 2 : 1;
    }
    return -1;
  }

  /** The number of fields; those over {@value #MAX} can't be read. */
  int count() {
    return count;
  }

  /** The text of a field, without blanks around it. */
  String text(int field) {
    int start = starts[field];
    String text = new String(bytes, start, ends[field] - start, StandardCharsets.UTF_8).strip();
    boolean isQuoted = start > 0 && bytes[start - 1] == '"';
    return isQuoted ? text.replace("\"\"", "\"") : text;
  }

  boolean isEmpty(int field) {
    return starts[field] == ends[field];
  }
}
