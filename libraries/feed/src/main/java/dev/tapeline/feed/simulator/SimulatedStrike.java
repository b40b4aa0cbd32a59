package dev.tapeline.feed.simulator;

import dev.tapeline.market.instrument.Instrument.Right;
import dev.tapeline.market.tick.Tick;
import java.util.List;

/**
 * The call and the put of one strike. Both are quoted at the same time, so that their quotes keep
 * the parity of calls and puts with the forward price of that moment.
 */
final class SimulatedStrike {

  private static final double LEAST_HALF_SPREAD = 0.05;
  private static final double SPREAD = 0.001;
  private static final double SPREAD_AWAY = 0.04;
  private static final double SPREAD_A_YEAR = 6;
  private static final double TRADE_CHANCE = 0.6;
  private static final double LEAST_TRADE_CHANCE = 0.05;

  private final SimulatedChain chain;
  private final double strike;
  private final SimulatedOption call;
  private final SimulatedOption put;
  private boolean isOpen;

  /**
   * A strike that is listed in a chain.
   *
   * @param steps the strike
   */
  SimulatedStrike(SimulatedChain chain, Underlying underlying, long steps, Noise noise) {
    this.chain = chain;
    this.strike = steps * (double) underlying.strikeStep();
    OptionTerms terms = chain.terms(strike);
    this.call =
        new SimulatedOption(
            underlying,
            Contracts.option(underlying, chain.expiry(), steps, Right.CALL),
            terms.price(Right.CALL),
            chain.firstInterest(strike, true, noise));
    this.put =
        new SimulatedOption(
            underlying,
            Contracts.option(underlying, chain.expiry(), steps, Right.PUT),
            terms.price(Right.PUT),
            chain.firstInterest(strike, false, noise));
  }

  double strike() {
    return strike;
  }

  SimulatedOption call() {
    return call;
  }

  SimulatedOption put() {
    return put;
  }

  SimulatedChain chain() {
    return chain;
  }

  /** Ends a session: the strike opens again with its next quotes. */
  void endSession() {
    isOpen = false;
  }

  boolean isOpen() {
    return isOpen;
  }

  /** Opens a session. */
  void open(DerivativesStep step, Noise noise, List<Tick> out) {
    isOpen = true;
    call.begin(step.times(), out);
    put.begin(step.times(), out);
    quote(step, noise, out);
  }

  /** How far the quotes are behind the market, in half spreads. */
  double behind() {
    OptionTerms terms = chain.terms(strike);
    double callWorth = terms.price(Right.CALL);
    double putWorth = terms.price(Right.PUT);
    return Math.max(
        call.distance(callWorth, halfSpread(callWorth)),
        put.distance(putWorth, halfSpread(putWorth)));
  }

  /** Quotes anew, and perhaps trades: the more often, the nearer the strike is to the money. */
  void wake(DerivativesStep step, Noise noise, List<Tick> out) {
    quote(step, noise, out);
    double nearness = chain.nearness(strike);
    double chance = Math.max(LEAST_TRADE_CHANCE, TRADE_CHANCE * nearness);
    for (SimulatedOption leg : List.of(call, put)) {
      if (noise.chance(chance)) {
        leg.trade(Math.max(0.01, nearness) * chain.popularity(), step, noise, out);
      }
    }
  }

  private void quote(DerivativesStep step, Noise noise, List<Tick> out) {
    OptionTerms terms = chain.terms(strike);
    double callWorth = terms.price(Right.CALL);
    double putWorth = terms.price(Right.PUT);
    call.quote(callWorth, halfSpread(callWorth), step.times(), noise, out);
    put.quote(putWorth, halfSpread(putWorth), step.times(), noise, out);
    out.add(call.marks(terms, terms.delta(Right.CALL), step.times()));
    out.add(put.marks(terms, terms.delta(Right.PUT), step.times()));
  }

  /** Wider away from the money, and the later the expiry. */
  private double halfSpread(double worth) {
    double part = SPREAD + SPREAD_AWAY * chain.moneyness(strike);
    return LEAST_HALF_SPREAD + worth * part * (1 + SPREAD_A_YEAR * chain.years());
  }
}
