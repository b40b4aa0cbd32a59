package dev.tapeline.rest.arrow;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A column of an {@link ArrowTable}; null stands for a value that there is not. */
public sealed interface ArrowColumn {

  /** What it is called. */
  String name();

  /** The values, in order of the rows. */
  List<? extends @Nullable Object> values();

  /** Instants in epoch ms UTC; readers see timestamps in UTC. */
  record Instants(String name, List<Long> values) implements ArrowColumn {}

  /** Decimals, which are written as the nearest numbers of double precision. */
  record Decimals(String name, List<? extends @Nullable BigDecimal> values) implements ArrowColumn {

    /** The most places that one of them has. */
    int scale() {
      int scale = 0;
      for (BigDecimal value : values) {
        scale = Math.max(scale, value == null ? 0 : value.stripTrailingZeros().scale());
      }
      return scale;
    }

    /** Whether each of them can be had again from its double: it has no more than 15 digits. */
    boolean isExact() {
      for (BigDecimal value : values) {
        if (value != null && BigDecimal.valueOf(value.doubleValue()).compareTo(value) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  /** Numbers of double precision. */
  record Doubles(String name, List<? extends @Nullable Double> values) implements ArrowColumn {}

  /** Whole numbers of 64 bits. */
  record Wholes(String name, List<? extends @Nullable Long> values) implements ArrowColumn {}

  /** Yes or no. */
  record Flags(String name, List<Boolean> values) implements ArrowColumn {}

  /** Texts. */
  record Words(String name, List<? extends @Nullable String> values) implements ArrowColumn {}
}
