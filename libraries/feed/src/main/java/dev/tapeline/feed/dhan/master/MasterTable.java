package dev.tapeline.feed.dhan.master;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instrument.Right;
import dev.tapeline.market.instrument.Reference;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All instruments of a master, by symbol, in columns. An {@link Instrument} is made when it is
 * asked for. It does not change, and may be used from any thread.
 */
final class MasterTable {

  private static final int NO_UNDERLYING = -1;

  private final MasterColumns columns;
  private final TextColumn symbols;
  private final TextColumn names;
  private final Map<Integer, String> displayNames = new HashMap<>();
  private final List<String> underlyings;
  private final IntColumn underlyingNumbers = new IntColumn();

  MasterTable(MasterRows rows, SymbolAssignment assignment) {
    int[] order = order(rows, assignment);
    columns = rows.columns().pick(order);
    symbols = TextColumn.of(order.length, row -> symbol(assignment, order[row]));
    names = TextColumn.of(order.length, row -> ' ' + upper(rows.name(order[row])));
    underlyings =
        IntStream.of(order)
            .mapToObj(assignment::underlying)
            .filter(Objects::nonNull)
            .map(Objects::requireNonNull)
            .distinct()
            .sorted()
            .toList();
    for (int row = 0; row < order.length; row++) {
      String name = rows.name(order[row]);
      if (!name.equals(upper(name))) {
        displayNames.put(row, name);
      }
      String underlying = assignment.underlying(order[row]);
      underlyingNumbers.add(underlying == null ? NO_UNDERLYING : underlyingNumber(underlying));
    }
  }

  private static int[] order(MasterRows rows, SymbolAssignment assignment) {
    return IntStream.range(0, rows.size())
        .filter(row -> assignment.symbol(row) != null)
        .boxed()
        .sorted(Comparator.comparing(row -> symbol(assignment, row)))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static String symbol(SymbolAssignment assignment, int row) {
    return Objects.requireNonNull(assignment.symbol(row));
  }

  private static String upper(String name) {
    return name.toUpperCase(Locale.ROOT);
  }

  int size() {
    return columns.size();
  }

  /** The number of instruments whose tick size the file does not have. */
  int withoutTick() {
    return (int) IntStream.range(0, size()).filter(row -> columns.tick(row) == null).count();
  }

  MasterColumns columns() {
    return columns;
  }

  /** The symbols, sorted. */
  TextColumn symbols() {
    return symbols;
  }

  /** The names in upper case, each with a blank before it, as there is before all of its words. */
  TextColumn names() {
    return names;
  }

  /** The number of an underlying among all of them by symbol; negative if there is none. */
  int underlyingNumber(String symbol) {
    return Collections.binarySearch(underlyings, symbol);
  }

  /** The number of the underlying of a row; negative if it is no derivative. */
  int underlyingNumberOf(int row) {
    return underlyingNumbers.get(row);
  }

  /** The row of a symbol; negative if there is none. */
  int find(String symbol) {
    int row = firstFrom(symbol);
    return row < size() && symbols.compare(row, symbol) == 0 ? row : -1;
  }

  /** The first row whose symbol is this one or comes after it. */
  int firstFrom(String symbol) {
    int low = 0;
    int high = size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (symbols.compare(middle, symbol) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Makes the instrument of a row. */
  Instrument instrument(int row) {
    Reference reference =
        new Reference(
            symbols.get(row),
            columns.segment(row).name(),
            Integer.toString(columns.id(row)),
            name(row),
            Objects.requireNonNullElse(columns.tick(row), BigDecimal.ZERO));
    return switch (columns.kind(row)) {
      case INDEX -> new Instrument.Index(reference);
      case SHARE -> new Instrument.Share(reference);
      case FUTURE ->
          new Instrument.Future(reference, underlying(row), expiry(row), known(columns.lot(row)));
      case CALL -> option(reference, row, Right.CALL);
      case PUT -> option(reference, row, Right.PUT);
    };
  }

  private Instrument option(Reference reference, int row, Right right) {
    return new Instrument.Option(
        reference,
        underlying(row),
        expiry(row),
        known(columns.strike(row)),
        right,
        known(columns.lot(row)));
  }

  private String name(int row) {
    String shown = displayNames.get(row);
    return shown == null ? names.get(row).substring(1) : shown;
  }

  private String underlying(int row) {
    return underlyings.get(underlyingNumbers.get(row));
  }

  LocalDate expiry(int row) {
    return LocalDate.ofEpochDay(columns.expiry(row));
  }

  private static BigDecimal known(@Nullable BigDecimal figure) {
    return Objects.requireNonNull(figure);
  }
}
