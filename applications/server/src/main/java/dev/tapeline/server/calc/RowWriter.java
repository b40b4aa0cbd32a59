package dev.tapeline.server.calc;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.Consumer;

/**
 * Writes a line for each row of a CSV input. Lines are collected while input is at hand, and passed
 * on when there is none or enough of them are there, so that a slow input has its lines at once.
 */
final class RowWriter {

  /** How much output is collected while input is at hand. */
  private static final int CHUNK = 1 << 14;

  private final CsvInput input;
  private final PrintWriter out;
  private final StringBuilder text = new StringBuilder();

  RowWriter(CsvInput input, PrintWriter out) {
    this.input = input;
    this.out = out;
  }

  /**
   * Writes all.
   *
   * @param row appends what is to be written of the input's row, without the end of the line
   * @return whether the output has taken all of it
   * @throws CsvProblem at a row that can't be read; those before it have been written
   */
  boolean write(String header, Consumer<StringBuilder> row) throws IOException {
    text.append(header).append(System.lineSeparator());
    boolean goesOn = pass();
    try {
      while (goesOn && input.next()) {
        row.accept(text);
        text.append(System.lineSeparator());
        boolean waits = text.length() < CHUNK && input.isMoreAtHand();
        goesOn = waits || pass();
      }
    } finally {
      boolean _ = pass();
    }
    return !out.checkError();
  }

  private boolean pass() {
    out.append(text).flush();
    text.setLength(0);
    return !out.checkError();
  }
}
