package dev.tapeline.feed.dhan.master;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A growing column of prices of up to four decimals, of which most are different. One that does not
 * fit is kept as none. Changed by the thread that builds a master only; then it may be read from
 * any thread.
 */
final class PriceColumn {

  private static final int DECIMALS = 4;
  private static final long NONE = Long.MIN_VALUE;

  private long[] values = new long[1_024];
  private int size;

  void add(@Nullable BigDecimal price) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.max(1, 2 * size));
    }
    values[size++] = price == null ? NONE : scaled(price);
  }

  private static long scaled(BigDecimal price) {
    try {
      return price.setScale(DECIMALS, RoundingMode.UNNECESSARY).unscaledValue().longValueExact();
    } catch (ArithmeticException _) {
      return NONE;
    }
  }

  @Nullable BigDecimal get(int row) {
    long value = values[row];
    return value == NONE ? null : MasterText.plain(BigDecimal.valueOf(value, DECIMALS));
  }

  /** A column of the values of these rows, in their order. */
  PriceColumn pick(int[] rows) {
    PriceColumn picked = new PriceColumn();
    picked.values = new long[rows.length];
    picked.size = rows.length;
    for (int i = 0; i < rows.length; i++) {
      picked.values[i] = values[rows[i]];
    }
    return picked;
  }
}
