package dev.tapeline.feed.dhan.master;

import java.util.Arrays;

/**
 * A growing column of numbers. Changed by the thread that builds a master only; then it may be read
 * from any thread.
 */
final class IntColumn {

  private int[] values = new int[1_024];
  private int size;

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.max(1, 2 * size));
    }
    values[size++] = value;
  }

  int get(int row) {
    return values[row];
  }

  int size() {
    return size;
  }

  /** A column of the values of these rows, in their order, that takes no more room than they. */
  IntColumn pick(int[] rows) {
    IntColumn picked = new IntColumn();
    picked.values = new int[rows.length];
    picked.size = rows.length;
    for (int i = 0; i < rows.length; i++) {
      picked.values[i] = values[rows[i]];
    }
    return picked;
  }
}
