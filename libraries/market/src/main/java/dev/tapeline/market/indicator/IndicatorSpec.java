package dev.tapeline.market.indicator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which indicators are wanted, written as in {@code rsi-14+macd-12-26-9}. There are 1 to 16 of
 * them, and none twice.
 */
public record IndicatorSpec(List<IndicatorTerm> terms) {

  /** The most indicators of a spec. */
  public static final int MAX_TERMS = 16;

  /** So many bars are used even where fewer would settle all values. */
  public static final int MIN_BARS = 250;

  /** No value is made of more bars than these. */
  public static final int MAX_BARS = 2_000;

  /** What is told of an instrument where nothing else is asked for. */
  public static final IndicatorSpec DEFAULT = parse("rsi+macd+ema+sma+atr+bb+vwap+stoch+adx");

  /**
   * @throws IllegalArgumentException if there are too few or too many, or one is there twice
   */
  public IndicatorSpec {
    terms = List.copyOf(terms);
    if (terms.isEmpty() || terms.size() > MAX_TERMS) {
      throw new IllegalArgumentException(
          "%d indicators; name 1 to %d, as in rsi-14+macd-12-26-9"
              .formatted(terms.size(), MAX_TERMS));
    }
    HashSet<IndicatorTerm> seen = new HashSet<>();
    for (IndicatorTerm term : terms) {
      if (!seen.add(term)) {
        throw new IllegalArgumentException("'%s' is there twice; name it once".formatted(term));
      }
    }
  }

  /**
   * The spec of a text: indicators with their numbers, between them {@code +} or a comma. Numbers
   * that are left out are the usual ones.
   *
   * @throws IllegalArgumentException if the text is none
   */
  public static IndicatorSpec parse(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("no indicators; name some, as in rsi-14+macd-12-26-9");
    }
    List<IndicatorTerm> terms = new ArrayList<>();
    for (String each : text.split("[+,]", MAX_TERMS + 1)) {
      if (terms.size() == MAX_TERMS) {
        throw new IllegalArgumentException(
            "over %d indicators; share them among several".formatted(MAX_TERMS));
      }
      terms.add(IndicatorTerm.parse(each.strip()));
    }
    return new IndicatorSpec(terms);
  }

  /**
   * The names of all values, in order: the first one of an indicator is called as it, such as
   * {@code macd-12-26-9}, and further ones as in {@code macd-12-26-9.signal}.
   */
  public List<String> values() {
    List<String> names = new ArrayList<>();
    for (IndicatorTerm term : terms) {
      names.add(term.toString());
      for (String more : term.kind().valueNames().stream().skip(1).toList()) {
        names.add(term + "." + more);
      }
    }
    return names;
  }

  /**
   * How many closed bars the values are made of, where there are as many: older ones would change
   * them by less than a millionth, as far as {@link #MAX_BARS} allows.
   */
  public int bars() {
    int settled = terms.stream().mapToInt(term -> term.kind().settledAfter(term)).max().orElse(0);
    return Math.clamp(settled, MIN_BARS, MAX_BARS);
  }

  /** What the values count beyond {@link #bars}: the most that one of them does. */
  public Lookback lookback() {
    return terms.stream()
        .map(term -> term.kind().lookback())
        .max(Comparator.naturalOrder())
        .orElse(Lookback.BARS);
  }

  /** The text with all numbers, which reads as this spec again. */
  @Override
  public String toString() {
    return terms.stream().map(IndicatorTerm::toString).collect(Collectors.joining("+"));
  }
}
