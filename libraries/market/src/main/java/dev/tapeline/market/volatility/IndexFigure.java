package dev.tapeline.market.volatility;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A figure of a volatility index.
 *
 * @param points a year, in percent: 12.5 is a volatility of 12.5 %; null if there is none
 * @param reasons why there is none, or what a reader should know about it, in order
 */
public record IndexFigure(@Nullable Double points, List<? extends IndexReason> reasons) {

  public IndexFigure {
    reasons = List.copyOf(reasons);
  }

  static IndexFigure none(IndexReason... reasons) {
    return new IndexFigure(null, List.of(reasons));
  }
}
