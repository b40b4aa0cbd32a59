package dev.tapeline.server.calc;

import dev.tapeline.feed.replay.CsvLine;
import dev.tapeline.feed.replay.CsvTime;
import dev.tapeline.feed.replay.LineReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads CSV in UTF-8 row by row; blank lines are skipped. The first row is a header that names the
 * columns, in any order and case; other columns are ignored. Owned by one thread.
 */
final class CsvInput {

  private static final long NANOS = 1_000_000;
  private static final int MAX_SHOWN = 40;
  private static final int MAX_NUMBER =
      400; // a double without an exponent has up to 330 characters
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,5})?");

  private final InputStream in;
  private final LineReader lines;
  private final List<String> header;
  private List<String> fields = List.of();

  /**
   * Reads the header.
   *
   * @param needed the columns that must be there
   * @throws CsvProblem if one is missing
   */
  CsvInput(InputStream in, List<String> needed) throws IOException {
    this.in = in;
    this.lines = new LineReader(in);
    this.header =
        nextRow()
            ? fields.stream().map(each -> each.strip().toLowerCase(Locale.ROOT)).toList()
            : List.of();
    List<String> missing = new ArrayList<>(needed);
    missing.removeAll(header);
    if (!missing.isEmpty()) {
      throw new CsvProblem(
          "line %d: the header '%s' has no column %s; begin the file with a line of column names"
              .formatted(
                  lines.number(), shown(String.join(",", fields)), String.join(", ", missing)));
    }
  }

  boolean hasColumn(String name) {
    return header.contains(name);
  }

  /**
   * Moves to the next row; false at the end.
   *
   * @throws CsvProblem if it has not as many fields as the header
   */
  boolean next() throws IOException {
    if (!nextRow()) {
      return false;
    }
    if (fields.size() != header.size()) {
      throw new CsvProblem(
          "line %d: %d fields where the header has %d"
              .formatted(lines.number(), fields.size(), header.size()));
    }
    return true;
  }

  private boolean nextRow() throws IOException {
    while (lines.next()) {
      if (lines.isTooLong()) {
        throw new CsvProblem(
            "line %d: over %d bytes; is it CSV?".formatted(lines.number(), LineReader.MAX_LINE));
      }
      String text = new String(lines.buffer(), 0, lines.length(), StandardCharsets.UTF_8);
      if (!text.isBlank()) {
        split(text.startsWith("\ufeff") ? text.substring(1) : text); // a mark of some programs
        return true;
      }
    }
    return false;
  }

  private void split(String text) {
    try {
      fields = CsvLine.split(text.stripTrailing());
    } catch (IllegalArgumentException e) {
      throw new CsvProblem("line %d: %s".formatted(lines.number(), e.getMessage()));
    }
  }

  /** Whether more input is at hand, so that a caller may go on without passing its output on. */
  boolean isMoreAtHand() throws IOException {
    return in.available() > 0;
  }

  /** The field of a column that is there, without space around it. */
  String text(String column) {
    return fields.get(header.indexOf(column)).strip();
  }

  /**
   * The number in a column that is there.
   *
   * @throws CsvProblem if it is none
   */
  double number(String column) {
    String text = text(column);
    if (text.length() <= MAX_NUMBER && NUMBER.matcher(text).matches()) {
      return Double.parseDouble(text);
    }
    throw problem(
        column, text.isEmpty() ? "is missing" : "is no number", "a decimal such as 0.065");
  }

  /**
   * The time in a column that is there, epoch ms UTC.
   *
   * @throws CsvProblem if it is none
   */
  long millis(String column) {
    try {
      return CsvTime.parse(text(column)) / NANOS;
    } catch (IllegalArgumentException _) {
      throw problem(
          column,
          "is no time of this century",
          "one with its zone, such as 2026-11-29T09:15:00+05:30, or s, ms, us or ns since 1970");
    }
  }

  /** A problem with the field of a column. */
  CsvProblem problem(String column, String what, String remedy) {
    return new CsvProblem(
        "line %d, column %s: '%s' %s; write %s"
            .formatted(lines.number(), column, shown(text(column)), what, remedy));
  }

  private static String shown(String text) {
    return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
  }
}
