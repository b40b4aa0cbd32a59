package dev.tapeline.store.history.questdb;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decimals in columns of doubles, so that every tool can compute with them, and none of their
 * digits is lost: their number of decimals is stored beside them. Where a double can't tell a
 * decimal from its neighbours (from 16 digits on), or the decimals of a row differ in number, the
 * row has them as a text too.
 */
final class ExactDecimals {

  private ExactDecimals() {}

  /**
   * How decimals are stored.
   *
   * @param scale their number of decimals; null if the text has them, or if all are null
   * @param text all of them, by space; null if the doubles and the scale are enough
   */
  record Form(@Nullable Integer scale, @Nullable String text) {}

  /** The form of these, of which some may be null. */
  static Form formOf(List<? extends @Nullable BigDecimal> values) {
    Integer scale = null;
    for (BigDecimal value : values) {
      if (value != null) {
        if (!isExact(value) || (scale != null && scale != value.scale())) {
          return new Form(null, text(values));
        }
        scale = value.scale();
      }
    }
    return new Form(scale, null);
  }

  /** Whether the double nearest to it, and its scale, tell the decimal. */
  private static boolean isExact(BigDecimal value) {
    double nearest = value.doubleValue();
    return value.scale() >= 0
        && Double.isFinite(nearest)
        && BigDecimal.valueOf(nearest).compareTo(value) == 0;
  }

  private static String text(List<? extends @Nullable BigDecimal> values) {
    List<String> parts = new ArrayList<>();
    for (BigDecimal value : values) {
      parts.add(value == null ? "-" : value.toPlainString());
    }
    return String.join(" ", parts);
  }

  /** The decimals that were stored as these doubles, in their shortest form, and this form. */
  static List<@Nullable BigDecimal> read(List<? extends @Nullable String> doubles, Form form) {
    List<@Nullable BigDecimal> values = new ArrayList<>();
    if (form.text() != null) {
      for (String part : form.text().split(" ", -1)) {
        values.add(part.equals("-") ? null : new BigDecimal(part));
      }
      return values;
    }
    for (String shortest : doubles) {
      values.add(
          shortest == null
              ? null
              : new BigDecimal(shortest).setScale(Objects.requireNonNull(form.scale())));
    }
    return values;
  }
}
