package dev.tapeline.market.chain.study;

import dev.tapeline.market.chain.ChainStrike;
import dev.tapeline.market.chain.ExpiryQuotes.BidAsk;
import dev.tapeline.market.chain.ExpiryQuotes.StrikeQuotes;
import dev.tapeline.market.chain.LegVolatility;
import dev.tapeline.market.chain.NoFigure;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instrument.Right;
import dev.tapeline.market.option.Pair76;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A strike of a chain. Owned by the market's thread. */
final class LiveStrike implements ChainStrike {

  private static final LegVolatility UNKNOWN = LegVolatility.none(NoFigure.NO_QUOTE);

  private final BigDecimal strike;
  private final double value;
  private @Nullable LiveLeg call;
  private @Nullable LiveLeg put;

  private LegVolatility volatility = UNKNOWN;
  private @Nullable Right from;
  private double parity = Double.NaN;

  /** Whether it is in the chain's list of strikes to look at. */
  boolean isTouched;

  /** Whether the price of one of its options has changed since it was computed. */
  private boolean isRepriced = true;

  LiveStrike(BigDecimal strike) {
    this.strike = strike;
    this.value = strike.doubleValue();
  }

  /** Adds an option in the place of one that had the same right, if there was one. */
  LiveLeg add(LiveChain chain, Instrument.Option option) {
    LiveLeg leg = new LiveLeg(chain, this, option);
    if (option.right() == Right.CALL) {
      call = leg;
    } else {
      put = leg;
    }
    return leg;
  }

  /** Looks whether its prices are others now; says so. */
  boolean reprice(long now, ChainTerms terms) {
    boolean called = call != null && call.reprice(now, terms);
    boolean changed = (put != null && put.reprice(now, terms)) || called;
    if (changed) {
      isRepriced = true;
      parity =
          call != null && put != null && call.price().isFirm() && put.price().isFirm()
              ? call.price().value() - put.price().value()
              : Double.NaN;
    }
    return changed;
  }

  boolean isRepriced() {
    return isRepriced;
  }

  boolean isOutdatedBy(long time, ChainTerms terms) {
    return (call != null && call.isOutdatedBy(time, terms))
        || (put != null && put.isOutdatedBy(time, terms));
  }

  /** From when on one of its prices counts no more by its age alone. */
  long agesAt(ChainTerms terms) {
    long called = call == null ? Long.MAX_VALUE : call.agesAt(terms);
    return put == null ? called : Math.min(called, put.agesAt(terms));
  }

  /** Computes all as {@link #compute} does, as the pricing is another one than before. */
  void computeAnew(LivePricing pricing) {
    if (call != null) {
      call.forget();
    }
    if (put != null) {
      put.forget();
    }
    compute(pricing);
  }

  /** Computes the volatility of the strike and the figures of its options that have changed. */
  void compute(LivePricing pricing) {
    isRepriced = false;
    Pair76 pair = pricing.pair(value);
    if (call != null) {
      call.imply(pricing, pair);
    }
    if (put != null) {
      put.imply(pricing, pair);
    }
    boolean callIsOut = !(value < pricing.expiry().forward());
    LiveLeg outside = callIsOut ? call : put;
    LiveLeg inside = callIsOut ? put : call;
    LiveLeg source = isUsable(outside) || !isUsable(inside) ? outside : inside;
    volatility = source == null ? UNKNOWN : source.volatility();
    from = isUsable(source) && source != null ? source.option().right() : null;
    if (call != null) {
      call.hedge(pricing, pair, volatility);
    }
    if (put != null) {
      put.hedge(pricing, pair, volatility);
    }
  }

  private static boolean isUsable(@Nullable LiveLeg leg) {
    return leg != null && leg.volatility().isUsable();
  }

  void keep() {
    if (call != null) {
      call.keep();
    }
    if (put != null) {
      put.keep();
    }
  }

  /**
   * Its quotes.
   *
   * @param unit what one unit of a premium is worth in the unit of the strikes
   */
  StrikeQuotes quotes(double unit) {
    return new StrikeQuotes(value, quote(call, unit), quote(put, unit));
  }

  private static BidAsk quote(@Nullable LiveLeg leg, double unit) {
    return leg == null ? BidAsk.NONE : new BidAsk(unit * leg.bidValue(), unit * leg.askValue());
  }

  @Override
  public BigDecimal strike() {
    return strike;
  }

  @Override
  public double value() {
    return value;
  }

  @Override
  public @Nullable LiveLeg call() {
    return call;
  }

  @Override
  public @Nullable LiveLeg put() {
    return put;
  }

  @Override
  public LegVolatility volatility() {
    return volatility;
  }

  @Override
  public @Nullable Right volatilityFrom() {
    return from;
  }

  @Override
  public double parity() {
    return parity;
  }
}
