package dev.tapeline.market.chain;

import org.jspecify.annotations.Nullable;

/**
 * Where a volatility stands among those of earlier days.
 *
 * @param rank its place between the lowest and the highest, from 0 to 1; outside where it is beyond
 * @param percentile the share of the days that were below it
 * @param n how many days are known
 * @param why the two are NaN; null if they are not
 */
public record VolatilityRank(double rank, double percentile, int n, @Nullable NoFigure why) {

  /** The sessions that count, which are about a year. */
  public static final int DAYS = 252;

  /** The days from which on it says anything. */
  public static final int LEAST_DAYS = 60;

  /** That of an underlying of which no earlier day is known. */
  public static final VolatilityRank NO_HISTORY = none(0, NoFigure.NO_HISTORY);

  /**
   * The rank of today's volatility.
   *
   * @param history that of earlier days, the newest last; the last 252 count
   */
  public static VolatilityRank of(double today, double... history) {
    int n = Math.min(DAYS, history.length);
    if (n < LEAST_DAYS) {
      return none(n, n == 0 ? NoFigure.NO_HISTORY : NoFigure.SHORT_HISTORY);
    }
    if (Double.isNaN(today)) {
      return none(n, NoFigure.NO_VOLATILITY);
    }
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    int below = 0;
    for (int i = history.length - n; i < history.length; i++) {
      least = Math.min(least, history[i]);
      most = Math.max(most, history[i]);
      below += history[i] < today ? 1 : 0;
    }
    return most > least
        ? new VolatilityRank((today - least) / (most - least), below / (double) n, n, null)
        : none(n, NoFigure.NO_DIVISOR);
  }

  private static VolatilityRank none(int n, NoFigure why) {
    return new VolatilityRank(Double.NaN, Double.NaN, n, why);
  }
}
