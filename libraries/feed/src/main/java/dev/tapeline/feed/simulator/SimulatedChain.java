package dev.tapeline.feed.simulator;

import java.time.LocalDate;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The options of one underlying that expire on one date. */
final class SimulatedChain {

  private static final double LEAST_YEARS = 1 / (365.0 * 24 * 60);
  private static final double NEAR_STRIKES = 6;
  private static final double[] POPULARITY = {1, 0.3, 0.15};
  private static final double IN_THE_MONEY_PART = 0.35;
  private static final int ROUND_STRIKES = 10;
  private static final double ROUND_FACTOR = 2.2;

  private final Underlying underlying;
  private final LocalDate expiry;
  private final Noise noise;
  private final NavigableMap<Long, SimulatedStrike> strikes = new TreeMap<>();
  private int rank;
  private double spot;
  private double forward;
  private double years = LEAST_YEARS;
  private double level;
  private boolean isOver;

  SimulatedChain(Underlying underlying, LocalDate expiry, Noise noise) {
    this.underlying = underlying;
    this.expiry = expiry;
    this.noise = noise;
  }

  Underlying underlying() {
    return underlying;
  }

  LocalDate expiry() {
    return expiry;
  }

  /**
   * Lists the strikes around the present price; those that are listed already stay.
   *
   * @param before how many chains of the same underlying expire before it
   */
  void list(int before) {
    rank = before;
    Contracts.strikes(underlying, spot)
        .forEach(steps ->
            strikes.computeIfAbsent(
                steps, _ -> new SimulatedStrike(this, underlying, steps, noise)));
  }

  /** Follows the underlying and the time. */
  void move(double price, TradingTime time, double volatilityLevel) {
    double left = time.yearsTo(expiry);
    isOver = left <= 0;
    years = Math.max(left, LEAST_YEARS);
    spot = price;
    forward = price * Contracts.growth(years);
    level = volatilityLevel;
  }

  /** Whether its options have expired. */
  boolean isOver() {
    return isOver;
  }

  /** All strikes in order. */
  Collection<SimulatedStrike> strikes() {
    return strikes.values();
  }

  /** The strike this many steps above the money; null if there is none. */
  @Nullable SimulatedStrike at(long steps) {
    return strikes.get(Math.round(forward / underlying.strikeStep()) + steps);
  }

  OptionTerms terms(double strike) {
    double volatility = VolatilityLevel.smile(level, forward, strike, years);
    return new OptionTerms(forward, strike, volatility, years, Contracts.INTEREST_RATE);
  }

  double spot() {
    return spot;
  }

  double forward() {
    return forward;
  }

  double years() {
    return years;
  }

  /** How far a strike is from the money, as a fraction. */
  double moneyness(double strike) {
    return Math.abs(strike / forward - 1);
  }

  /** 1 at the money, less away from it. */
  double nearness(double strike) {
    double away = (strike - forward) / underlying.strikeStep() / NEAR_STRIKES;
    return StrictMath.exp(-away * away / 2);
  }

  /** How much is traded, as a part of what is in the chain that expires first. */
  double popularity() {
    return POPULARITY[Math.min(rank, POPULARITY.length - 1)];
  }

  /** The open lots of a new option: more at round strikes, fewer in the money. */
  long firstInterest(double strike, boolean isCall, Noise noise) {
    double away = (strike - forward) / underlying.strikeStep() / (2 * NEAR_STRIKES);
    boolean isRound = Math.round(strike) % ((long) ROUND_STRIKES * underlying.strikeStep()) == 0;
    boolean isInTheMoney = isCall ? strike < forward : strike > forward;
    double part =
        (0.5 + noise.uniform())
            * StrictMath.exp(-away * away / 2)
            * (isRound ? ROUND_FACTOR : 1)
            * (isInTheMoney ? IN_THE_MONEY_PART : 1);
    return Math.round(underlying.typicalInterest() * popularity() * part);
  }
}
