package dev.tapeline.market.chain.study;

import dev.tapeline.market.chain.BuildUp;
import dev.tapeline.market.chain.ChainLeg;
import dev.tapeline.market.chain.LegChange;
import dev.tapeline.market.chain.LegPrice;
import dev.tapeline.market.chain.LegVolatility;
import dev.tapeline.market.chain.NoFigure;
import dev.tapeline.market.chain.TraderGreeks;
import dev.tapeline.market.event.DayFigures;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.option.Pair76;
import dev.tapeline.market.tick.BestPrice;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** An option of a chain. Owned by the market's thread. */
final class LiveLeg implements ChainLeg {

  private static final LegVolatility UNKNOWN = LegVolatility.none(NoFigure.NO_QUOTE);

  final LiveChain chain;
  final LiveStrike strike;
  private final Instrument.Option option;
  private final KeptValues kept = new KeptValues();

  private @Nullable BestPrice bid;
  private @Nullable BestPrice ask;
  private double bidValue = Double.NaN;
  private double askValue = Double.NaN;
  private @Nullable BigDecimal last;
  private long lastTime;
  private @Nullable DayFigures day;
  private Tick.@Nullable Marks marks;

  private LegPrice price = LegPrice.UNKNOWN;
  private LegVolatility volatility = UNKNOWN;
  private LegVolatility bidVolatility = UNKNOWN;
  private LegVolatility askVolatility = UNKNOWN;
  private @Nullable TraderGreeks greeks;

  // What its volatilities and greeks were computed of; NaN before, and where they need no price.
  private double impliedPrice = Double.NaN;
  private double impliedBid = Double.NaN;
  private double impliedAsk = Double.NaN;
  private double hedgedWith = Double.NaN;

  /** Whether its price is to be looked at again. */
  private boolean isTouched = true;

  LiveLeg(LiveChain chain, LiveStrike strike, Instrument.Option option) {
    this.chain = chain;
    this.strike = strike;
    this.option = option;
  }

  /** Takes a tick of the option; says whether it changes anything. */
  boolean onTick(Tick tick) {
    switch (tick) {
      case Tick.Quote quote -> quote(quote.bid(), quote.ask());
      case Tick.Trade trade -> priced(trade.price(), received(trade.times()));
      case Tick.LastPrice stated -> stated(stated);
      case Tick.Marks told -> marks = told;
      case Tick.SessionStart _ -> clear();
      case Tick.Depth _, Tick.DayStats _, Tick.OpenInterest _, Tick.IndexValue _ -> {
        return false;
      }
    }
    return true;
  }

  private void quote(@Nullable BestPrice newBid, @Nullable BestPrice newAsk) {
    bid = newBid;
    ask = newAsk;
    bidValue = number(newBid);
    askValue = number(newAsk);
    touch();
  }

  private static double number(@Nullable BestPrice best) {
    return best == null ? Double.NaN : best.price().doubleValue();
  }

  private static long received(Times times) {
    return times.received() > 0 ? times.received() : times.exchange();
  }

  private void priced(BigDecimal newPrice, long time) {
    last = newPrice;
    lastTime = time;
    touch();
  }

  private void touch() {
    isTouched = true;
    chain.touched(strike);
  }

  /** A price that is stated again without a time is as old as it was. */
  private void stated(Tick.LastPrice stated) {
    Times times = stated.times();
    if (times.exchange() > 0) {
      priced(stated.price(), Math.min(times.exchange(), received(times)));
    } else if (last == null || last.compareTo(stated.price()) != 0) {
      priced(stated.price(), times.received());
    }
  }

  private void clear() {
    quote(null, null);
    last = null;
    lastTime = 0;
    marks = null;
  }

  void onDay(DayFigures figures) {
    day = figures;
  }

  /** Looks whether its price is another one now; says so. */
  boolean reprice(long now, ChainTerms terms) {
    if (!isTouched && (price.source() != LegPrice.Source.LAST || isFresh(now, terms))) {
      return false;
    }
    boolean touched = isTouched;
    isTouched = false;
    LegPrice.LastAge age = terms.age(now, lastTime);
    double lastValue = last == null ? Double.NaN : last.doubleValue();
    LegPrice found = LegPrice.of(bidValue, askValue, lastValue, age, terms.limits().maxSpread());
    boolean changed = !found.equals(price);
    price = found;
    return changed || touched;
  }

  private boolean isFresh(long now, ChainTerms terms) {
    return terms.age(now, lastTime) == LegPrice.LastAge.FRESH;
  }

  /** Whether its price counts by its age alone, and will have become too old by then. */
  boolean isOutdatedBy(long time, ChainTerms terms) {
    return price.source() == LegPrice.Source.LAST && !isFresh(time, terms);
  }

  /** From when on its price counts no more by its age alone; never if that is not why it does. */
  long agesAt(ChainTerms terms) {
    return price.source() == LegPrice.Source.LAST
        ? lastTime + terms.limits().lastAge() + 1
        : Long.MAX_VALUE;
  }

  /** What follows was computed under another pricing: all of it is computed again. */
  void forget() {
    impliedPrice = Double.NaN;
    impliedBid = Double.NaN;
    impliedAsk = Double.NaN;
    hedgedWith = Double.NaN;
  }

  /** Computes the volatilities of the prices that are others than before. */
  void imply(LivePricing pricing, Pair76 pair) {
    if (price.value() != impliedPrice) {
      impliedPrice = price.value();
      volatility =
          price.why() != null
              ? LegVolatility.none(price.why())
              : pricing.implied(pair, option.right(), impliedPrice);
    }
    if (bidValue != impliedBid) {
      impliedBid = bidValue;
      bidVolatility = side(bidValue, pricing, pair);
    }
    if (askValue != impliedAsk) {
      impliedAsk = askValue;
      askVolatility = side(askValue, pricing, pair);
    }
  }

  private LegVolatility side(double value, LivePricing pricing, Pair76 pair) {
    return value > 0 ? pricing.implied(pair, option.right(), value) : UNKNOWN;
  }

  /** Computes the greeks if the volatility of the strike is another than before. */
  void hedge(LivePricing pricing, Pair76 pair, LegVolatility ofStrike) {
    if (ofStrike.value() != hedgedWith) {
      hedgedWith = ofStrike.value();
      greeks = ofStrike.isUsable() ? pricing.greeks(pair, option.right(), hedgedWith) : null;
    }
  }

  /** Keeps its values with a snapshot. */
  void keep() {
    kept.keep(number(last), number(openInterest()), strike.volatility().value());
  }

  private static double number(@Nullable BigDecimal value) {
    return value == null ? Double.NaN : value.doubleValue();
  }

  @Override
  public Instrument.Option option() {
    return option;
  }

  @Override
  public @Nullable BestPrice bid() {
    return bid;
  }

  @Override
  public @Nullable BestPrice ask() {
    return ask;
  }

  double bidValue() {
    return bidValue;
  }

  double askValue() {
    return askValue;
  }

  @Override
  public @Nullable BigDecimal last() {
    return last;
  }

  @Override
  public long lastTime() {
    return lastTime;
  }

  @Override
  public @Nullable BigDecimal change() {
    return day == null ? null : day.change();
  }

  @Override
  public @Nullable BigDecimal volume() {
    return day == null ? null : day.volume();
  }

  @Override
  public @Nullable BigDecimal openInterest() {
    return day == null ? null : day.openInterest();
  }

  @Override
  public @Nullable BigDecimal openInterestChange() {
    return day == null ? null : day.openInterestChange();
  }

  @Override
  public Tick.@Nullable Marks marks() {
    return marks;
  }

  @Override
  public LegPrice price() {
    return price;
  }

  @Override
  public double intrinsic() {
    return chain.intrinsic(option.right(), strike.value());
  }

  @Override
  public LegVolatility volatility() {
    return volatility;
  }

  @Override
  public LegVolatility bidVolatility() {
    return bidVolatility;
  }

  @Override
  public LegVolatility askVolatility() {
    return askVolatility;
  }

  @Override
  public @Nullable TraderGreeks greeks() {
    return greeks;
  }

  @Override
  public BuildUp buildUp() {
    return BuildUp.of(number(change()), number(openInterestChange()));
  }

  @Override
  public LegChange since(int snapshot) {
    return kept.since(snapshot, number(last), number(openInterest()), strike.volatility().value());
  }
}
