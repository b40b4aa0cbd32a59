package dev.tapeline.feed.replay;

import dev.tapeline.market.tick.Decimals;
import dev.tapeline.market.tick.Side;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A trade of a CSV file.
 *
 * @param nanos when it was, ns since 1970
 * @param quantity may be 0; null where the field is empty
 * @param side of the aggressor; null where the file does not say
 */
record CsvTrade(
    long nanos,
    String symbol,
    BigDecimal price,
    @Nullable BigDecimal quantity,
    @Nullable Side side) {

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if it is no trade
   */
  static CsvTrade parse(List<String> fields, CsvColumns columns) {
    if (fields.size() != columns.count()) {
      throw new IllegalArgumentException(
          "%d fields where the header has %d".formatted(fields.size(), columns.count()));
    }
    return new CsvTrade(
        CsvTime.parse(field(fields, columns.time())),
        field(fields, columns.symbol()),
        Decimals.parse(field(fields, columns.price())),
        quantity(field(fields, columns.quantity())),
        columns.side() < 0 ? null : side(field(fields, columns.side())));
  }

  private static String field(List<String> fields, int column) {
    return fields.get(column).strip();
  }

  private static @Nullable BigDecimal quantity(String text) {
    if (text.isEmpty()) {
      return null;
    }
    BigDecimal quantity = Decimals.parse(text);
    if (quantity.signum() < 0) {
      throw new IllegalArgumentException("a negative quantity: " + text);
    }
    return quantity;
  }

  private static @Nullable Side side(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "buy", "b" -> Side.BUY;
      case "sell", "s" -> Side.SELL;
      case "" -> null;
      default ->
          throw new IllegalArgumentException(
              "'%s' is no side; write buy, sell, b, s or nothing".formatted(text));
    };
  }
}
