package dev.tapeline.feed.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where the columns of a CSV file are, by its header. The side may be missing, and there may be
 * others.
 *
 * @param side -1 if there is none
 * @param count the number of all columns
 */
record CsvColumns(int time, int symbol, int price, int quantity, int side, int count) {

  private static final List<String> NEEDED = List.of("time", "symbol", "price", "quantity");

  /**
   * Reads a header.
   *
   * @throws IllegalArgumentException if it lacks a column
   */
  static CsvColumns of(List<String> header) {
    List<String> names =
        header.stream().map(each -> each.strip().toLowerCase(Locale.ROOT)).toList();
    List<String> missing = new ArrayList<>(NEEDED);
    missing.removeAll(names);
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "the header '%s' has no column %s; it must have time,symbol,price,quantity and may have"
                  .formatted(shown(header), String.join(", ", missing))
              + " side");
    }
    return new CsvColumns(
        names.indexOf("time"),
        names.indexOf("symbol"),
        names.indexOf("price"),
        names.indexOf("quantity"),
        names.indexOf("side"),
        names.size());
  }

  private static String shown(List<String> header) {
    String text = String.join(",", header);
    return text.length() > 100 ? text.substring(0, 100) + "…" : text;
  }
}
