package dev.tapeline.feed.simulator;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The futures and the option chains that are listed on a trading date.
 *
 * <p>All strikes open within the first second of a session. After that only few are quoted anew in
 * each step: some near the money by chance, more when the market is lively, and of each window of
 * strikes the one that is furthest behind the market, with all that are far behind it. Within a
 * second the window passes over all.
 */
final class SimulatedDerivatives {

  private static final int STEPS_A_ROUND = (int) (1000 / SimulatedMarket.STEP_MILLIS);

  /** How many half spreads a quote may be behind: for a while, and at most for a second. */
  private static final double UNNOTICED = 1;

  private static final double FAR_BEHIND = 25;

  private static final double NEAR_CHANCE = 0.2;
  private static final int MOST_NEAR = 4;
  private static final double NEAR_STRIKES = 4;
  private static final double CALMING = 0.99;

  private final Noise noise;
  private final Map<Underlying, DoubleSupplier> prices;
  private final Map<Underlying, VolatilityLevel> levels = new EnumMap<>(Underlying.class);
  private final Map<Underlying, List<SimulatedFuture>> futures = new EnumMap<>(Underlying.class);
  private final Map<Underlying, List<SimulatedChain>> chains = new EnumMap<>(Underlying.class);
  private List<SimulatedStrike> strikes = List.of();
  private int cursor;
  private double stir;

  /**
   * Derivatives, none of which is listed yet.
   *
   * @param prices of the underlyings at any time
   */
  SimulatedDerivatives(Map<Underlying, DoubleSupplier> prices, Noise noise) {
    this.prices = prices;
    this.noise = noise;
    for (Underlying each : Underlying.values()) {
      levels.put(each, new VolatilityLevel(each.volatility(), price(each)));
      futures.put(each, new ArrayList<>());
      chains.put(each, new ArrayList<>());
    }
  }

  private double price(Underlying underlying) {
    DoubleSupplier price = prices.get(underlying);
    if (price == null) {
      throw new IllegalStateException("no price of " + underlying);
    }
    return price.getAsDouble();
  }

  /** Begins a trading date: contracts before it are gone, new ones are listed. */
  void list(TradingTime time) {
    for (Underlying each : Underlying.values()) {
      listFutures(each, time);
      listChains(each, time);
    }
    futures.values().forEach(list -> list.forEach(SimulatedFuture::endSession));
    strikes =
        chains.values().stream()
            .flatMap(List::stream)
            .flatMap(chain -> chain.strikes().stream())
            .toList();
    strikes.forEach(SimulatedStrike::endSession);
    cursor = 0;
  }

  private void listFutures(Underlying underlying, TradingTime time) {
    List<SimulatedFuture> listed = futures(underlying);
    listed.removeIf(future -> future.instrument().expiry().isBefore(time.date()));
    List<LocalDate> expiries = underlying.futureExpiries(time.date());
    for (int month = listed.size(); month < expiries.size(); month++) {
      LocalDate expiry = expiries.get(month);
      double price = price(underlying) * Contracts.growth(time.yearsTo(expiry));
      listed.add(new SimulatedFuture(underlying, expiry, price, month, noise));
    }
  }

  private void listChains(Underlying underlying, TradingTime time) {
    List<SimulatedChain> listed = chains(underlying);
    listed.removeIf(chain -> chain.expiry().isBefore(time.date()));
    List<LocalDate> expiries = underlying.optionExpiries(time.date());
    for (int i = 0; i < expiries.size(); i++) {
      if (i == listed.size() || !listed.get(i).expiry().equals(expiries.get(i))) {
        listed.add(i, new SimulatedChain(underlying, expiries.get(i), noise));
      }
    }
    for (int i = 0; i < listed.size(); i++) {
      listed.get(i).move(price(underlying), time, level(underlying).level());
      listed.get(i).list(i);
    }
  }

  private List<SimulatedFuture> futures(Underlying underlying) {
    return futures.getOrDefault(underlying, List.of());
  }

  List<SimulatedChain> chains(Underlying underlying) {
    return chains.getOrDefault(underlying, List.of());
  }

  private VolatilityLevel level(Underlying underlying) {
    VolatilityLevel level = levels.get(underlying);
    if (level == null) {
      throw new IllegalStateException("no volatility of " + underlying);
    }
    return level;
  }

  /** Advances by one step. */
  void step(DerivativesStep step, List<Tick> out) {
    stir = CALMING * stir + (1 - CALMING) * step.stir();
    for (Underlying each : Underlying.values()) {
      double price = price(each);
      level(each).step(price, stir, noise);
      move(futures(each), step, price, out);
      chains(each).forEach(chain -> chain.move(price, step.time(), level(each).level()));
    }
    round(step, out);
    wakeNear(step, out);
  }

  private static void move(
      List<SimulatedFuture> futures, DerivativesStep step, double price, List<Tick> out) {
    for (int month = 0; month < futures.size(); month++) {
      futures.get(month).step(step, price, month, out);
    }
  }

  /** Opens the strikes of the next window, or wakes those that are furthest behind. */
  private void round(DerivativesStep step, List<Tick> out) {
    int window = (strikes.size() + STEPS_A_ROUND - 1) / STEPS_A_ROUND;
    SimulatedStrike furthest = null;
    double most = UNNOTICED;
    for (int i = 0; i < window; i++) {
      SimulatedStrike strike = strikes.get(cursor);
      cursor = (cursor + 1) % strikes.size();
      if (strike.isOpen()) {
        double behind = strike.behind();
        if (behind > FAR_BEHIND) {
          wake(strike, step, out);
        } else if (behind > most) {
          furthest = strike;
          most = behind;
        }
      } else if (!strike.chain().isOver()) {
        strike.open(step, noise, out);
      }
    }
    wake(furthest, step, out);
  }

  private void wakeNear(DerivativesStep step, List<Tick> out) {
    int count = noise.geometric(Math.min(0.8, NEAR_CHANCE * step.activity()), MOST_NEAR);
    for (int i = 0; i < count; i++) {
      List<SimulatedChain> of = chains(noise.chance(0.6) ? Underlying.NIFTY : Underlying.BANKNIFTY);
      SimulatedChain chain = of.get(noise.geometric(0.3, of.size() - 1));
      wake(chain.at(Math.round(NEAR_STRIKES * noise.normal())), step, out);
    }
  }

  private void wake(@Nullable SimulatedStrike strike, DerivativesStep step, List<Tick> out) {
    if (strike != null && strike.isOpen() && !strike.chain().isOver()) {
      strike.wake(step, noise, out);
    }
  }

  /** The contracts that are listed, futures first. */
  List<Instrument> instruments() {
    return quoted().map(Quoted::instrument).toList();
  }

  /** The contracts that are listed, futures first. */
  Stream<Quoted> quoted() {
    return Stream.concat(
        futures.values().stream().flatMap(List::stream),
        strikes.stream().flatMap(strike -> Stream.of(strike.call(), strike.put())));
  }
}
