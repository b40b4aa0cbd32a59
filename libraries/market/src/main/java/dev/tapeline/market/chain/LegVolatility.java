package dev.tapeline.market.chain;

import dev.tapeline.market.option.ImpliedVolatility;
import org.jspecify.annotations.Nullable;

/**
 * The volatility that a price of an option implies.
 *
 * @param value a year, as a fraction; NaN if there is a reason
 * @param why there is none; null if there is one
 */
public record LegVolatility(double value, @Nullable NoFigure why) {

  public static LegVolatility of(ImpliedVolatility implied) {
    return switch (implied) {
      case ImpliedVolatility.Found(double value) -> new LegVolatility(value, null);
      case ImpliedVolatility.Absent absent -> none(NoFigure.of(absent));
    };
  }

  public static LegVolatility none(NoFigure why) {
    return new LegVolatility(Double.NaN, why);
  }

  /** Whether it can price other options: there is one, above 0. */
  public boolean isUsable() {
    return value > 0;
  }
}
