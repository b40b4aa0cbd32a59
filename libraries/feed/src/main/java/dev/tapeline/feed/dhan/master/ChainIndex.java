package dev.tapeline.feed.dhan.master;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * The derivatives of a table as chains are read: by underlying, expiry, futures before options,
 * strike, calls before puts. It does not change, and may be used from any thread.
 */
final class ChainIndex {

  private final MasterTable table;
  private final MasterColumns columns;
  private final int[] rows;

  ChainIndex(MasterTable table) {
    this.table = table;
    this.columns = table.columns();
    Comparator<Integer> order =
        Comparator.<Integer>comparingInt(table::underlyingNumberOf)
            .thenComparingInt(columns::expiry)
            .thenComparing(this::strike)
            .thenComparing(row -> columns.kind(row))
            .thenComparing(Comparator.naturalOrder());
    this.rows =
        IntStream.range(0, table.size())
            .filter(row -> columns.kind(row).isDerivative())
            .boxed()
            .sorted(order)
            .mapToInt(Integer::intValue)
            .toArray();
  }

  private BigDecimal strike(int row) {
    return Objects.requireNonNullElse(columns.strike(row), BigDecimal.ZERO);
  }

  /** All derivatives. */
  IntStream all() {
    return IntStream.of(rows);
  }

  /** The derivatives of an underlying. */
  IntStream of(int underlying) {
    int begin = first(0, table::underlyingNumberOf, underlying);
    int end = first(begin, table::underlyingNumberOf, underlying + 1);
    return IntStream.range(begin, end).map(i -> rows[i]);
  }

  /** The first place, from one on, whose figure is not below this one; figures only grow. */
  private int first(int from, IntUnaryOperator figure, int least) {
    int low = from;
    int high = rows.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (figure.applyAsInt(rows[middle]) < least) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The days on which options on an underlying expire, the soonest first. */
  List<LocalDate> expiries(int underlying) {
    return of(underlying)
        .filter(row -> columns.kind(row).isOption())
        .map(columns::expiry)
        .distinct()
        .mapToObj(LocalDate::ofEpochDay)
        .toList();
  }
}
