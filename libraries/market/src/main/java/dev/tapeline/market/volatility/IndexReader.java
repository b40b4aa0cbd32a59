package dev.tapeline.market.volatility;

import dev.tapeline.market.chain.Forward;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the reading of a volatility index of the quotes of all its expiries.
 *
 * @param method whose rules the index follows
 * @param expiries the soonest first
 */
public record IndexReader(IndexMethod method, List<IndexInput> expiries) {

  /**
   * The reading.
   *
   * @param pair the expiries that {@code vix} is made of
   */
  public VolatilityReading read(String underlying, long time, ExpiryPair pair) {
    ConstantMaturity flat = ConstantMaturity.of(atTheMoney());
    List<IndexTerm> terms = terms(pair);
    VarianceIndex index = index(terms);
    return new VolatilityReading(
        underlying,
        time,
        method,
        cm30(flat),
        vix(pair, terms, index),
        flat instanceof ConstantMaturity.Found found ? found.expiries() : 0,
        index instanceof VarianceIndex.Found found ? found.strikes() : 0,
        terms);
  }

  private List<ForwardVolatility.Found> atTheMoney() {
    List<ForwardVolatility.Found> all = new ArrayList<>();
    for (IndexInput each : expiries) {
      if (each.atTheMoney() instanceof ForwardVolatility.Found found) {
        all.add(found);
      }
    }
    return all;
  }

  private List<IndexTerm> terms(ExpiryPair pair) {
    return pair instanceof ExpiryPair.Found(LocalDate near, LocalDate next)
        ? List.of(new IndexTerm(near, variance(near)), new IndexTerm(next, variance(next)))
        : List.of();
  }

  private ExpiryVariance variance(LocalDate expiry) {
    IndexInput input = input(expiry);
    return input == null ? ExpiryVariance.Absent.NO_CHAIN : method.variance(quotes(input));
  }

  private IndexQuotes quotes(IndexInput input) {
    return IndexQuotes.of(input, method == IndexMethod.INDIA);
  }

  private @Nullable IndexInput input(LocalDate expiry) {
    return expiries.stream()
        .filter(each -> each.quotes().key().expiry().equals(expiry))
        .findFirst()
        .orElse(null);
  }

  private @Nullable VarianceIndex index(List<IndexTerm> terms) {
    return terms.size() == 2
            && terms.getFirst().variance() instanceof ExpiryVariance.Found near
            && terms.getLast().variance() instanceof ExpiryVariance.Found next
        ? method.index(near, next)
        : null;
  }

  private IndexFigure cm30(ConstantMaturity flat) {
    return switch (flat) {
      case ConstantMaturity.Found found ->
          new IndexFigure(100 * found.volatility(), sorted(found.flags()));
      case ConstantMaturity.Absent why -> IndexFigure.none(why);
    };
  }

  private IndexFigure vix(ExpiryPair pair, List<IndexTerm> terms, @Nullable VarianceIndex index) {
    return switch (index) {
      case VarianceIndex.Found found ->
          new IndexFigure(found.points(), sorted(flags(found.flags(), terms)));
      case VarianceIndex.Absent why -> IndexFigure.none(why);
      case null -> new IndexFigure(null, reasons(pair, terms));
    };
  }

  private static List<IndexFlag> sorted(Set<IndexFlag> flags) {
    return flags.stream().sorted().toList();
  }

  private static List<IndexReason> reasons(ExpiryPair pair, List<IndexTerm> terms) {
    if (pair instanceof ExpiryPair.Absent why) {
      return List.of(why);
    }
    return terms.stream()
        .map(IndexTerm::variance)
        .filter(ExpiryVariance.Absent.class::isInstance)
        .map(IndexReason.class::cast)
        .distinct()
        .toList();
  }

  private Set<IndexFlag> flags(Set<IndexFlag> known, List<IndexTerm> terms) {
    Set<IndexFlag> flags = EnumSet.noneOf(IndexFlag.class);
    flags.addAll(known);
    for (IndexTerm term : terms) {
      IndexInput input = input(term.expiry());
      if (input != null && input.isStale()) {
        flags.add(IndexFlag.STALE);
      }
      if (input != null
          && method == IndexMethod.INDIA
          && quotes(input).source() != Forward.Source.FUTURE) {
        flags.add(IndexFlag.FORWARD_NOT_OF_FUTURE);
      }
    }
    return flags;
  }
}
