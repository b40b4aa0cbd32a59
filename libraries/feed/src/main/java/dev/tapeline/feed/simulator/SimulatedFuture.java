package dev.tapeline.feed.simulator;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import java.time.LocalDate;
import java.util.List;

/**
 * One future of the simulation. Its fair price is that of the underlying and the interest until its
 * expiry, give or take a basis that wavers; it wakes now and then, as a share does.
 */
final class SimulatedFuture implements Quoted {

  private static final double RATE = 1.2;
  private static final double[] RATE_BY_MONTH = {1, 0.35, 0.15};
  private static final double BASIS_RETURNING = 0.99;
  private static final double BASIS_WAVERING = 0.00002;
  private static final double UNSEEN_PART = 0.0005;

  private final Instrument.Future instrument;
  private final Noise noise;
  private final BookTrading trading;
  private final DayTally day;
  private final OpenLots open;
  private final Turnover turnover;
  private double basis;
  private boolean isOpen;

  /**
   * A future that is listed.
   *
   * @param price its fair price then
   * @param month how many months of the same underlying expire before it
   */
  SimulatedFuture(Underlying underlying, LocalDate expiry, double price, int month, Noise noise) {
    this.instrument = Contracts.future(underlying, expiry);
    this.noise = noise;
    Units units = new Units(instrument, underlying.lot(), 1);
    this.day = new DayTally(units, Math.round(price / Contracts.TICK_SIZE));
    this.trading = new BookTrading(units, day, noise);
    double part = RATE_BY_MONTH[Math.min(month, RATE_BY_MONTH.length - 1)];
    this.open = new OpenLots(units, Math.round(4 * part * underlying.typicalInterest()));
    this.turnover =
        new Turnover(day, open, expiry, UNSEEN_PART * part * underlying.typicalInterest());
  }

  @Override
  public Instrument.Future instrument() {
    return instrument;
  }

  /** Ends a session: the next step opens another one. */
  void endSession() {
    isOpen = false;
  }

  /** Advances by one step; the first one of a session opens it. */
  void step(DerivativesStep step, double spot, int month, List<Tick> out) {
    basis = basis * BASIS_RETURNING + noise.normal() * BASIS_WAVERING;
    double years = step.time().yearsTo(instrument.expiry());
    if (years <= 0) {
      return;
    }
    double fair = spot * Contracts.growth(years) * (1 + basis) / Contracts.TICK_SIZE;
    if (!isOpen) {
      open(fair, step, out);
      return;
    }
    double rate = RATE * RATE_BY_MONTH[month] * step.activity();
    if (noise.chance(Math.min(0.8, rate * SimulatedMarket.STEP_MILLIS / 1000))) {
      int before = out.size();
      trading.wake(fair, step.stir(), step.times(), out);
      if (out.subList(before, out.size()).stream().anyMatch(Tick.Trade.class::isInstance)) {
        turnover.follow(1, step, noise, out);
      }
    }
  }

  private void open(double fair, DerivativesStep step, List<Tick> out) {
    isOpen = true;
    out.add(day.begin(step.times()));
    open.begin();
    out.add(open.tick(step.times()));
    trading.open(fair, step.times(), out);
  }

  @Override
  public SimulatedQuote quote() {
    return new SimulatedQuote(instrument, day.last(), day.view(), open.view(), trading.depth());
  }
}
