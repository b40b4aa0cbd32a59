package dev.tapeline.market.indicator;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One indicator with its numbers, such as {@code bb-20-2}. Lengths are whole, from 1 to 500;
 * factors are above 0 and up to 100, with two places.
 */
public record IndicatorTerm(IndicatorKind kind, List<BigDecimal> numbers) {

  private static final int MAX_LENGTH = 500;
  private static final int MAX_FACTOR = 100;
  private static final int SHOWN = 40;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,2})?");

  /**
   * @throws IllegalArgumentException if the numbers are not those of the kind
   */
  public IndicatorTerm {
    numbers = numbers.stream().map(IndicatorTerm::plain).toList();
    if (numbers.size() != kind.usualNumbers().size()) {
      throw new IllegalArgumentException(
          "%s takes %d numbers, not %d"
              .formatted(kind.text(), kind.usualNumbers().size(), numbers.size()));
    }
    for (int i = 0; i < numbers.size(); i++) {
      check(kind, i, numbers.get(i));
    }
    if (kind == IndicatorKind.MACD && numbers.get(0).compareTo(numbers.get(1)) >= 0) {
      throw new IllegalArgumentException(
          "the first length of macd, %s, must be below the second, %s"
              .formatted(numbers.get(0), numbers.get(1)));
    }
  }

  private static BigDecimal plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  private static void check(IndicatorKind kind, int place, BigDecimal number) {
    boolean isFactor = kind.isFactor(place);
    int most = isFactor ? MAX_FACTOR : MAX_LENGTH;
    int places = isFactor ? 2 : 0;
    if (number.signum() <= 0
        || number.compareTo(BigDecimal.valueOf(most)) > 0
        || number.scale() > places) {
      throw new IllegalArgumentException(
          isFactor
              ? "the factor of %s is %s; it must be above 0 and at most %d, with at most 2 places"
                  .formatted(kind.text(), number.toPlainString(), most)
              : "length %d of %s is %s; it must be a whole number from 1 to %d"
                  .formatted(place + 1, kind.text(), number.toPlainString(), most));
    }
  }

  /**
   * The term of a text such as {@code rsi-14}; numbers that it leaves out at its end are the kind's
   * defaults.
   *
   * @throws IllegalArgumentException if the text is none
   */
  static IndicatorTerm parse(String text) {
    String[] parts = text.split("-", -1);
    IndicatorKind kind =
        IndicatorKind.named(parts[0])
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "no indicator: '%s'; use %s"
                        .formatted(shown(parts[0]), IndicatorKind.names())));
    List<BigDecimal> defaults = kind.usualNumbers();
    int given = parts.length - 1;
    if (given > defaults.size()) {
      throw new IllegalArgumentException(
          "'%s' has %d numbers; write at most %d, as in %s"
              .formatted(shown(text), given, defaults.size(), new IndicatorTerm(kind, defaults)));
    }
    List<BigDecimal> numbers = new ArrayList<>(defaults);
    for (int i = 0; i < given; i++) {
      numbers.set(i, number(parts[i + 1], text));
    }
    return new IndicatorTerm(kind, numbers);
  }

  private static BigDecimal number(String part, String text) {
    if (!NUMBER.matcher(part).matches()) {
      throw new IllegalArgumentException(
          "'%s' in '%s' is no number; use digits, as in rsi-14 or bb-20-2.5"
              .formatted(shown(part), shown(text)));
    }
    return new BigDecimal(part);
  }

  private static String shown(String text) {
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
  }

  int length(int place) {
    return numbers.get(place).intValueExact();
  }

  double factor(int place) {
    return numbers.get(place).doubleValue();
  }

  /** The text with all numbers, which reads as this term again. */
  @Override
  public String toString() {
    return Stream.concat(Stream.of(kind.text()), numbers.stream().map(BigDecimal::toPlainString))
        .collect(Collectors.joining("-"));
  }
}
