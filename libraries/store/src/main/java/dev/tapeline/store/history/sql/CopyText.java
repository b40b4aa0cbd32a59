package dev.tapeline.store.history.sql;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Rows in the text form of COPY. Owned by one thread. */
final class CopyText {

  private static final String NULL = "\\N";

  private final StringBuilder text = new StringBuilder(1 << 16);
  private boolean inRow;
  private int rows;

  CopyText add(long value) {
    next().append(value);
    return this;
  }

  CopyText add(double value) {
    next().append(value);
    return this;
  }

  CopyText add(boolean value) {
    next().append(value ? 't' : 'f');
    return this;
  }

  /** A decimal with its trailing zeros. */
  CopyText add(@Nullable BigDecimal value) {
    next().append(value == null ? NULL : value.toPlainString());
    return this;
  }

  /** A word without special characters. */
  CopyText addWord(@Nullable String word) {
    next().append(word == null ? NULL : word);
    return this;
  }

  CopyText add(byte[] bytes) {
    next().append("\\\\x").append(HexFormat.of().formatHex(bytes));
    return this;
  }

  private StringBuilder next() {
    if (inRow) {
      text.append('\t');
    }
    inRow = true;
    return text;
  }

  void endRow() {
    text.append('\n');
    inRow = false;
    rows++;
  }

  int rows() {
    return rows;
  }

  byte[] bytes() {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
