package dev.tapeline.rest.arrow;

import java.util.List;
import java.util.Map;

/**
 * A table as Apache Arrow's readers take it.
 *
 * @param metadata what is said of the whole table, in this order
 * @param columns all of one length
 */
public record ArrowTable(Map<String, String> metadata, List<ArrowColumn> columns) {

  /**
   * @throws IllegalArgumentException if there is no column, or one is shorter than another
   */
  public ArrowTable {
    columns = List.copyOf(columns);
    if (columns.stream().map(column -> column.values().size()).distinct().count() != 1) {
      throw new IllegalArgumentException("no table: columns of different lengths, or none");
    }
  }

  int rows() {
    return columns.getFirst().values().size();
  }

  /** The table as one stream: its schema, one batch of all rows, and the end. */
  public byte[] toStream() {
    return ArrowStream.of(this);
  }
}
