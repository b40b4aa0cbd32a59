package dev.tapeline.market.chain.study;

import dev.tapeline.market.chain.ChainConvention;
import dev.tapeline.market.chain.ChainFigures;
import dev.tapeline.market.chain.ExpiryQuotes;
import dev.tapeline.market.chain.Forward;
import dev.tapeline.market.chain.NoFigure;
import dev.tapeline.market.chain.OptionChain;
import dev.tapeline.market.chain.TimeLeft;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instrument.Right;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chain, computed when it is asked to: only the strikes whose prices have changed, or all of them
 * when the forward has, or a second has passed. Owned by the market's thread.
 */
final class LiveChain implements OptionChain {

  /** The time to expiry is that of the begin of each second, whenever a chain is computed. */
  private static final long SECOND = 1_000;

  final ChainTiming timing;
  private final ChainKey key;
  private final Underlying underlying;
  private final ChainTerms terms;
  private final ExpiryClock clock;
  private final List<LiveStrike> strikes = new ArrayList<>();

  /** The strikes with a tick since they were looked at last. */
  private final List<LiveStrike> touched = new ArrayList<>();

  /** From when on all strikes are to be looked at, as a price may count no more by its age. */
  private long agesAt = Long.MAX_VALUE;

  private final List<Long> snapshots = new ArrayList<>();

  private long time;
  private TimeLeft left = TimeLeft.none(0, false, NoFigure.NO_CALENDAR);
  private long leftAt = Long.MIN_VALUE;
  private Forward forward = Forward.none(NoFigure.NO_QUOTE);
  private @Nullable ChainFigures figures;
  private long newestTick;
  private boolean stale;

  LiveChain(
      ChainKey key,
      Underlying underlying,
      ChainTerms terms,
      ExpiryClock clock,
      ChainTiming timing) {
    this.timing = timing;
    this.key = key;
    this.underlying = underlying;
    this.terms = terms;
    this.clock = clock;
  }

  /** Adds an option. */
  LiveLeg add(Instrument.Option option) {
    LiveStrike strike = strike(option.strike());
    touched(strike);
    return strike.add(this, option);
  }

  /** A price of a strike may be another one now. */
  void touched(LiveStrike strike) {
    if (!strike.isTouched) {
      strike.isTouched = true;
      touched.add(strike);
    }
  }

  private LiveStrike strike(BigDecimal at) {
    int low = 0;
    int high = strikes.size();
    while (low < high) {
      int middle = (low + high) / 2;
      int order = strikes.get(middle).strike().compareTo(at);
      if (order == 0) {
        return strikes.get(middle);
      }
      low = order < 0 ? middle + 1 : low;
      high = order < 0 ? high : middle;
    }
    LiveStrike made = new LiveStrike(at);
    strikes.add(low, made);
    return made;
  }

  void ticked(long now) {
    newestTick = Math.max(newestTick, now);
  }

  /** Brings the figures up to this time; returns how many strikes were computed for it. */
  int compute(long now) {
    time = now;
    stale = isStaleAt(now);
    figures = null;
    boolean isAged = now >= agesAt;
    agesAt = isAged ? Long.MAX_VALUE : agesAt;
    reprice(isAged ? strikes : touched, now);
    boolean all = renewTime(now);
    Forward found = findForward(now);
    if (!found.equals(forward)) {
      forward = found;
      all = true;
    }
    int computed = compute(all ? strikes : touched, all);
    touched.forEach(strike -> strike.isTouched = false);
    touched.clear();
    return computed;
  }

  private void reprice(List<LiveStrike> some, long now) {
    for (LiveStrike strike : some) {
      if (strike.reprice(now, terms)) {
        touched(strike); // nothing new where only the touched ones are looked at
      }
      agesAt = Math.min(agesAt, strike.agesAt(terms));
    }
  }

  private boolean renewTime(long now) {
    long second = Math.floorDiv(now, SECOND) * SECOND;
    if (second == leftAt) {
      return false;
    }
    leftAt = second;
    left = clock.left(second, underlying.kind());
    return true;
  }

  private int compute(List<LiveStrike> some, boolean all) {
    LivePricing pricing = LivePricing.of(forward, left, terms);
    int computed = 0;
    for (LiveStrike strike : some) {
      if (all) {
        strike.computeAnew(pricing);
        computed++;
      } else if (strike.isRepriced()) {
        strike.compute(pricing);
        computed++;
      }
    }
    return computed;
  }

  private Forward findForward(long now) {
    double future = underlying.future(key.expiry(), now, terms);
    BigDecimal spot = underlying.spot();
    boolean isFrozen = now - underlying.movedAt() > terms.limits().lastAge();
    if (underlying.isFuture() && spot != null && !isFrozen) {
      return Forward.ofFuture(spot.doubleValue());
    }
    double growth = growth();
    int pairs = terms.limits().parityPairs();
    Forward parity = Forward.ofParity(strikes, growth, terms.isPaidInCoin(), pairs);
    if (parity.isKnown()) {
      return parity;
    }
    if (future > 0) {
      return Forward.ofFuture(future);
    }
    if (spot == null) {
      return Forward.none(NoFigure.NO_SPOT);
    }
    return isFrozen
        ? Forward.none(NoFigure.FROZEN_SPOT)
        : Forward.ofSpot(spot.doubleValue(), growth);
  }

  private double growth() {
    return left.isKnown() ? StrictMath.exp(terms.convention().rate() * left.years()) : 1;
  }

  boolean isStaleAt(long now) {
    return now - newestTick >= terms.limits().staleAfter();
  }

  /** Whether time alone makes its figures others than those that were computed last. */
  boolean isOutdatedBy(long now) {
    return stale != isStaleAt(now)
        || (left.isKnown() && now >= clock.settlement())
        || strikes.stream().anyMatch(strike -> strike.isOutdatedBy(now, terms));
  }

  /** Keeps its values as they were computed last. */
  void keepSnapshot() {
    strikes.forEach(LiveStrike::keep);
    snapshots.addFirst(time);
    if (snapshots.size() > KeptValues.SNAPSHOTS) {
      snapshots.removeLast();
    }
  }

  /** What exercise would bring, on the spot, or on the forward where that is unknown. */
  double intrinsic(Right right, double strike) {
    BigDecimal spot = underlying.spot();
    double price = spot == null ? forward.value() : spot.doubleValue();
    double worth = right == Right.CALL ? price - strike : strike - price;
    double money = Double.isNaN(worth) ? Double.NaN : Math.max(0, worth);
    return terms.isPaidInCoin() ? money / price : money;
  }

  @Override
  public ChainKey key() {
    return key;
  }

  @Override
  public ChainConvention convention() {
    return terms.convention();
  }

  @Override
  public long time() {
    return time;
  }

  @Override
  public long settlement() {
    return clock.settlement();
  }

  @Override
  public TimeLeft left() {
    return left;
  }

  @Override
  public @Nullable BigDecimal spot() {
    return underlying.spot();
  }

  @Override
  public Forward forward() {
    return forward;
  }

  @Override
  public boolean isPaidInCoin() {
    return terms.isPaidInCoin();
  }

  @Override
  public List<LiveStrike> strikes() {
    return strikes;
  }

  @Override
  public ChainFigures figures() {
    if (figures == null) {
      figures = ChainFigures.of(this, terms.limits().nearStrikes());
    }
    return figures;
  }

  @Override
  public long newestTick() {
    return newestTick;
  }

  @Override
  public boolean isStale() {
    return stale;
  }

  @Override
  public List<Long> snapshots() {
    return snapshots;
  }

  @Override
  public ExpiryQuotes quotes() {
    double unit = terms.isPaidInCoin() ? forward.value() : 1;
    return new ExpiryQuotes(
        key,
        left,
        forward,
        underlying.future(key.expiry(), time, terms),
        terms.convention().rate(),
        figures().atTheMoney().volatility(),
        strikes.stream().map(strike -> strike.quotes(unit)).toList());
  }
}
