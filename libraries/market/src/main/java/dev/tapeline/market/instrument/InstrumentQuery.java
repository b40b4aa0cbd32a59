package dev.tapeline.market.instrument;

import dev.tapeline.market.instrument.Instrument.Right;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody looks for: instruments by a text, by the terms of a contract, or by both. A term
 * that is null asks for nothing; the others only derivatives have.
 *
 * @param text part of a symbol, a key or a name; it is kept in upper case, without blanks around
 *     it. An empty text finds all
 * @param underlying the symbol of the underlying, whatever its case
 * @param withDerivatives false to leave out futures and options
 */
public record InstrumentQuery(
    String text,
    @Nullable String underlying,
    @Nullable LocalDate expiry,
    @Nullable BigDecimal strike,
    @Nullable Right right,
    boolean withDerivatives) {

  private static final Comparator<Match> BY_RANK =
      Comparator.comparing(Match::rank)
          .thenComparingInt(match -> match.instrument.symbol().length())
          .thenComparing(match -> match.instrument.symbol());

  private static final Comparator<Match> BY_TERMS =
      Comparator.comparing((Match match) -> Terms.of(match.instrument), Terms.ORDER)
          .thenComparing(match -> match.instrument.symbol());

  public InstrumentQuery {
    text = text.strip().toUpperCase(Locale.ROOT);
    underlying = underlying == null ? null : underlying.toUpperCase(Locale.ROOT);
  }

  /** Asks for all kinds of instruments. */
  public InstrumentQuery(
      String text,
      @Nullable String underlying,
      @Nullable LocalDate expiry,
      @Nullable BigDecimal strike,
      @Nullable Right right) {
    this(text, underlying, expiry, strike, right, true);
  }

  /** The same without futures and options. */
  InstrumentQuery withoutDerivatives() {
    return new InstrumentQuery(text, underlying, expiry, strike, right, false);
  }

  /** Asks by a text alone. */
  public static InstrumentQuery of(String text) {
    return new InstrumentQuery(text, null, null, null, null);
  }

  /** Whether it asks for a term, and so for derivatives alone. */
  public boolean hasTerms() {
    return underlying != null || expiry != null || strike != null || right != null;
  }

  /**
   * The first of those instruments that it asks for. With a text, or without terms, they are
   * ordered by rank, then the shorter symbol, then the symbol. With terms alone they are ordered as
   * a chain is read: by underlying, expiry, futures before options, strike, calls before puts.
   */
  public List<Instrument> best(Stream<Instrument> instruments, int limit) {
    return instruments
        .filter(this::hasTermsOf)
        .map(it -> new Match(it, SearchRank.of(text, it)))
        .filter(match -> match.rank != SearchRank.NONE)
        .sorted(isOrderedByTerms() ? BY_TERMS : BY_RANK)
        .limit(limit)
        .map(Match::instrument)
        .toList();
  }

  /** Whether what is found is ordered as a chain is read, and not by rank. */
  public boolean isOrderedByTerms() {
    return text.isEmpty() && hasTerms();
  }

  private record Match(Instrument instrument, SearchRank rank) {}

  private boolean hasTermsOf(Instrument instrument) {
    return switch (instrument) {
      case Instrument.Option option -> withDerivatives && (!hasTerms() || fits(Terms.of(option)));
      case Instrument.Future future -> withDerivatives && (!hasTerms() || fits(Terms.of(future)));
      case Instrument.Index _, Instrument.Share _, Instrument.Pair _ -> !hasTerms();
    };
  }

  private boolean fits(Terms terms) {
    return (underlying == null || underlying.equalsIgnoreCase(terms.underlying))
        && (expiry == null || expiry.equals(terms.expiry))
        && (strike == null || (terms.strike != null && strike.compareTo(terms.strike) == 0))
        && (right == null || right == terms.right);
  }

  /** The terms of a derivative; those that an instrument does not have are null. */
  private record Terms(
      @Nullable String underlying,
      @Nullable LocalDate expiry,
      @Nullable BigDecimal strike,
      @Nullable Right right) {

    static final Comparator<Terms> ORDER =
        Comparator.comparing((Terms it) -> Objects.requireNonNullElse(it.underlying, ""))
            .thenComparing(it -> Objects.requireNonNullElse(it.expiry, LocalDate.MIN))
            .thenComparing(it -> Objects.requireNonNullElse(it.strike, BigDecimal.ZERO))
            .thenComparing(it -> it.right == Right.PUT);

    static Terms of(Instrument instrument) {
      return switch (instrument) {
        case Instrument.Option it ->
            new Terms(it.underlying(), it.expiry(), it.strike(), it.right());
        case Instrument.Future it -> new Terms(it.underlying(), it.expiry(), null, null);
        case Instrument.Index _, Instrument.Share _, Instrument.Pair _ ->
            new Terms(null, null, null, null);
      };
    }
  }
}
