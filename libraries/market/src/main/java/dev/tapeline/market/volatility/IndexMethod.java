package dev.tapeline.market.volatility;

import dev.tapeline.market.volatility.ExpiryVariance.Absent;
import java.util.EnumSet;
import java.util.Set;

/** By whose rules a volatility index is made. */
public enum IndexMethod {
  /** Those of CBOE's white paper: the forward from the options, quotes with a bid. */
  CBOE {
    @Override
    ExpiryVariance of(IndexQuotes quotes) {
      return CboeVariance.of(quotes);
    }

    @Override
    boolean isUsual(double minutes) {
      return minutes > 23 * IndexQuotes.MINUTES_PER_DAY
          && minutes <= 37 * IndexQuotes.MINUTES_PER_DAY;
    }
  },

  /** Those of NSE's white paper on India VIX: the future as forward, narrow quotes, a spline. */
  INDIA {
    @Override
    ExpiryVariance of(IndexQuotes quotes) {
      return IndiaVariance.of(quotes);
    }

    @Override
    boolean isUsual(double minutes) {
      return true;
    }
  };

  abstract ExpiryVariance of(IndexQuotes quotes);

  /** Whether the rules take an expiry that is so far away. */
  abstract boolean isUsual(double minutes);

  /** The variance that the options of one expiry imply. */
  public ExpiryVariance variance(IndexQuotes quotes) {
    return quotes.minutes() > 0 ? of(quotes) : Absent.NO_TIME;
  }

  /** The index of two expiries, of which the first is the sooner one. */
  public VarianceIndex index(ExpiryVariance.Found near, ExpiryVariance.Found next) {
    Set<IndexFlag> flags = EnumSet.noneOf(IndexFlag.class);
    if (!isUsual(near.minutes()) || !isUsual(next.minutes())) {
      flags.add(IndexFlag.OUTSIDE_23_TO_37_DAYS);
    }
    return VarianceIndex.of(near, next, flags);
  }
}
