package dev.tapeline.feed.dhan.master;

import java.util.function.IntFunction;

/**
 * Texts in one long one, each with a line end behind it: so they cost little more than their
 * characters, and all of them are searched at once. It does not change, and may be used from any
 * thread.
 */
final class TextColumn {

  private static final char END = '\n';

  private final String all;
  private final int[] ends;

  private TextColumn(String all, int[] ends) {
    this.all = all;
    this.ends = ends;
  }

  /** A column of the texts of so many rows, none of which has a line end. */
  static TextColumn of(int rows, IntFunction<String> texts) {
    StringBuilder all = new StringBuilder();
    int[] ends = new int[rows];
    for (int row = 0; row < rows; row++) {
      ends[row] = all.append(texts.apply(row)).append(END).length();
    }
    return new TextColumn(all.toString(), ends);
  }

  int size() {
    return ends.length;
  }

  String get(int row) {
    return all.substring(start(row), end(row));
  }

  int length(int row) {
    return end(row) - start(row);
  }

  private int start(int row) {
    return row == 0 ? 0 : ends[row - 1];
  }

  /** The end of the text, without its line end. */
  private int end(int row) {
    return ends[row] - 1;
  }

  /** Whether the text has this part. */
  boolean isPart(int row, String part) {
    return all.indexOf(part, start(row), end(row)) >= 0;
  }

  boolean isBeginning(int row, String beginning) {
    return beginning.length() <= length(row) && all.startsWith(beginning, start(row));
  }

  /** Compares the text with another one, by characters. */
  int compare(int row, String other) {
    int start = start(row);
    int common = Math.min(length(row), other.length());
    for (int i = 0; i < common; i++) {
      int difference = all.charAt(start + i) - other.charAt(i);
      if (difference != 0) {
        return difference;
      }
    }
    return length(row) - other.length();
  }

  /**
   * The next row that has this part, from a row on; {@link #size} if there is none. The part has no
   * line end, so that it lies within one row.
   */
  int next(String part, int fromRow) {
    if (fromRow >= ends.length) {
      return ends.length;
    }
    int position = all.indexOf(part, start(fromRow));
    return position < 0 ? ends.length : rowAt(position, fromRow);
  }

  /** The row at a position; hits are often near, so that it looks there first. */
  private int rowAt(int position, int fromRow) {
    int low = fromRow;
    int step = 1;
    while (low + step < ends.length && ends[low + step - 1] <= position) {
      low += step;
      step *= 2;
    }
    int high = Math.min(ends.length - 1, low + step);
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ends[middle] <= position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
