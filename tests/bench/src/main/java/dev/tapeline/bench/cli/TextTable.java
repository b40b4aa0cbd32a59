package dev.tapeline.bench.cli;

import java.util.Locale;

/** A table of lines for people to read, each with a name in front. */
public final class TextTable {

  private final StringBuilder out = new StringBuilder();

  @SuppressWarnings("AnnotateFormatMethod") // each line is in the tests' reports
  public void line(String name, String format, Object... values) {
    String text = String.format(Locale.ROOT, format, values);
    out.append("%-14s %s".formatted(name, text).stripTrailing()).append('\n');
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
