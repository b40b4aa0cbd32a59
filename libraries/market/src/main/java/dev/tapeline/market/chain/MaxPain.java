package dev.tapeline.market.chain;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The strike at which the holders of all options together would get least if the underlying settled
 * there. Of several the one nearest to the forward counts, and of two as near the lower one.
 *
 * @param strike NaN if there is a reason
 * @param curve what they would get, for each strike in order: open interest times price
 * @param why there is none; null if there is one
 */
public record MaxPain(double strike, List<Double> curve, @Nullable NoFigure why) {

  public MaxPain {
    curve = List.copyOf(curve);
  }

  static MaxPain of(List<? extends ChainStrike> strikes, double forward) {
    int n = strikes.size();
    double[] pain = new double[n];
    double total = addCalls(strikes, pain) + addPuts(strikes, pain);
    if (total == 0) {
      return new MaxPain(Double.NaN, List.of(), NoFigure.NO_OPEN_INTEREST);
    }
    int best = 0;
    Double[] curve = new Double[n];
    for (int i = 0; i < n; i++) {
      curve[i] = pain[i];
      if (pain[i] < pain[best]
          || (pain[i] == pain[best] && isNearer(strikes.get(i), strikes.get(best), forward))) {
        best = i;
      }
    }
    return new MaxPain(strikes.get(best).value(), List.of(curve), null);
  }

  private static boolean isNearer(ChainStrike one, ChainStrike other, double forward) {
    return Math.abs(one.value() - forward) < Math.abs(other.value() - forward);
  }

  /** Adds what the calls below each strike bring; returns their open interest. */
  private static double addCalls(List<? extends ChainStrike> strikes, double[] pain) {
    double interest = 0;
    double weighted = 0;
    for (int i = 0; i < pain.length; i++) {
      double strike = strikes.get(i).value();
      pain[i] += interest * strike - weighted;
      double open = interest(strikes.get(i).call());
      interest += open;
      weighted += open * strike;
    }
    return interest;
  }

  /** Adds what the puts above each strike bring; returns their open interest. */
  private static double addPuts(List<? extends ChainStrike> strikes, double[] pain) {
    double interest = 0;
    double weighted = 0;
    for (int i = pain.length - 1; i >= 0; i--) {
      double strike = strikes.get(i).value();
      pain[i] += weighted - interest * strike;
      double open = interest(strikes.get(i).put());
      interest += open;
      weighted += open * strike;
    }
    return interest;
  }

  private static double interest(@Nullable ChainLeg leg) {
    BigDecimal open = leg == null ? null : leg.openInterest();
    return open == null ? 0 : open.doubleValue();
  }
}
